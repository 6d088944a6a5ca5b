"""The small form that is written in every other way: twelve questions of three kinds with one branch, behind seventy
answers given earlier, so that as much is kept for a firm as in a real report. Its words and rules stand here once;
how a dialogue is led and kept is each way's own."""

from dataclasses import dataclass, field

Value = int | str
Answers = dict[str, Value]

LAST = "Periksa jawaban Anda"  # how the summary begins
CORRECT = "Sudah benar"


@dataclass(frozen=True)
class Question:
    """A text, or whole rupiah (`number`), or one of `choices` (key to label); asked only where the answer to the
    question `only_if[0]` is `only_if[1]`."""

    key: str
    text: str
    number: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    only_if: tuple[str, str] | None = None

    def read(self, typed: str) -> Value:
        """What was typed or pressed as a value. Raises ValueError with what to do for the person who typed it."""
        typed = typed.strip()
        if self.choices and typed not in self.choices:
            raise ValueError("Tekan salah satu tombol, ya.")
        if self.number and not typed.replace(".", "").isdecimal():
            raise ValueError("Tulis angkanya saja, misalnya 18.500.000.")
        if not typed or len(typed) > 200:
            raise ValueError("Tulis paling banyak 200 huruf.")
        return int(typed.replace(".", "")) if self.number else typed


YES_NO = {"ya": "Ya", "tidak": "Tidak"}
FORM = (
    Question("produk", "Apa nama produk Anda?"),
    Question("nilai_mesin", "Berapa jumlah harga beli semua mesin, sejak usaha berdiri?", number=True),
    Question("asal_bahan", "Bahan bakunya dari mana?", choices={"lokal": "Dalam negeri", "impor": "Impor"}),
    Question("negara", "Dari negara mana bahan itu?", only_if=("asal_bahan", "impor")),
    Question("nilai_bahan", "Berapa harga semua bahan baku semester ini?", number=True),
    Question("listrik", "Listriknya dari mana?", choices={"pln": "PLN", "sendiri": "Genset sendiri"}),
    Question("biaya_listrik", "Berapa biaya listrik semester ini?", number=True),
    Question("pekerja", "Berapa orang yang bekerja dan dibayar?", number=True),
    Question("pemasaran", "Ke mana produk itu dijual?"),
    Question("ekspor", "Apakah ada yang dijual ke luar negeri?", choices=YES_NO),
    Question("nilai_jual", "Berapa nilai penjualan semester ini?", number=True),
    Question("kendala", "Apa kendala usaha semester ini?"),
)
BY_KEY = {question.key: question for question in FORM}
BEFORE: Answers = {f"isian_{n}": 18_500_000 + n if n % 2 else f"jawaban nomor {n}" for n in range(70)}

# What an owner who imports answers; choices by key.
SCRIPT = (
    "Tempe", "18.500.000", "impor", "Amerika Serikat", "42.000.000", "pln", "3.600.000", "4", "Pasar dan warung",
    "tidak", "96.000.000", "Harga kedelai naik",
)  # fmt: skip
WRONG = (1, "banyak")  # in front of the second answer: a number that is none


def open_question(answers: Answers) -> Question | None:
    """The first question that applies and has no answer; None: the summary."""
    for question in FORM:
        asked = question.only_if is None or answers.get(question.only_if[0]) == question.only_if[1]
        if asked and question.key not in answers:
            return question
    return None


def summary(answers: Answers) -> str:
    """Every answer of the form in one text."""
    lines = [f"{question.text} {answers[question.key]}" for question in FORM if question.key in answers]
    return "\n".join([LAST, *lines])


def given(answers: Answers) -> int:
    """How many of the form's own questions are answered."""
    return sum(question.key in answers for question in FORM)
