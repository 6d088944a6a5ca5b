"""What the pacing remembers of the chats it has let through."""

from bot.pacing import Lane, Pacing
from tests.passing_time import PassingTime


async def test_a_year_of_chats_does_not_pile_up() -> None:
    time = PassingTime()
    pacing = Pacing(time.clock, time.sleep)
    for person in range(300):
        time.now += 5
        await pacing.turn(person, Lane.ANSWER)
    assert len(pacing._chats) < 30
