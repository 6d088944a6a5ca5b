"""Soft warnings within one report: numbers that do not fit each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from conversations.answers import Place
from conversations.numbers import rupiah, write
from conversations.questions import fold
from conversations.route import Walk
from conversations.scope import Scope
from conversations.tariffs import NO_PLN
from conversations.warnings_found import Line, SoftWarning, amount_of, amounts_of, items, price, warning
from conversations.words import T

_USES_MAKLON = "Menggunakan jasa makloon"
_GIVEN_BY_OTHERS = "Disediakan perusahaan lain untuk makloon"
_CHEAPEST_KWH, _DEAREST_KWH = 300, 3000  # rupiah from PLN
_TOLERANCE, _ROUNDED = Decimal("0.05"), Decimal("0.01")  # of the weight; kilograms
_DIGITS = 40  # of an amount times a weight: each has up to fifteen before the comma


@dataclass(frozen=True, slots=True)
class AboveCapacity:
    """More made of a product than could be made, in its own unit if there is just one, else in kilograms. What
    others made for us (`Menggunakan jasa makloon`) needs no capacity of ours."""

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """One a product, at its largest row."""
        products: dict[str, list[Scope]] = {}
        for scope in items(walk, "produksi"):
            if scope.text("produksi.tujuan_produksi") != _USES_MAKLON:
                products.setdefault(fold(scope.text("produksi.produk")), []).append(scope)
        capacities = items(walk, "kapasitas_produksi")
        for name, made in products.items():
            can = [scope for scope in capacities if fold(scope.text("kapasitas_produksi.produk")) == name]
            units = {fold(scope.text("produksi.satuan")) for scope in made}
            alike = len(units) == 1 and units == {fold(s.text("kapasitas_produksi.satuan_asli")) for s in can}
            key = "produksi.jumlah_satuan_asli" if alike else "produksi.jumlah_kg"
            amounts = amounts_of(made, key)
            limits = amounts_of(can, f"kapasitas_produksi.{'kapasitas_satuan_asli' if alike else 'kapasitas_kg'}")
            if sum(amounts) > sum(limits) > 0:
                largest = made[amounts.index(max(amounts))]
                words = T(
                    "{barang}: dibuat {jumlah} {satuan}, padahal kapasitasnya paling banyak {kapasitas} {satuan}. "
                    "Periksa kedua angka itu.",
                    barang=largest.text("produksi.produk"), jumlah=write(sum(amounts)), kapasitas=write(sum(limits)),
                    satuan=largest.text("produksi.satuan") if alike else "Kilogram",
                )  # fmt: skip
                yield warning("kapasitas", Place(key, largest.item), words, sum(amounts), sum(limits))


@dataclass(frozen=True, slots=True)
class WeightDoesNotFit:
    """Kilograms of the owner's own that differ more than 5 % from the amount times the weight of one unit."""

    line: Line
    weight: str
    kilograms: str

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """One a row, at its kilograms."""
        for scope in items(walk, self.line.name.partition(".")[0]):
            amount, weight = amount_of(scope, self.line.amount), amount_of(scope, self.weight)
            told = amount_of(scope, self.kilograms)
            if amount is None or weight is None or told is None:
                continue
            with localcontext(prec=_DIGITS):
                expected = Decimal(amount) * weight
                rounded = round(expected, 2)
            if abs(told - expected) > max(expected * _TOLERANCE, _ROUNDED):
                words = T(
                    "{barang}: {jumlah} {satuan} dengan berat {berat} kg per {satuan} mestinya {mestinya} kg, "
                    "tetapi tertulis {kg} kg. Periksa mana yang keliru.",
                    barang=scope.text(self.line.name), satuan=scope.text(self.line.unit), jumlah=write(amount),
                    berat=write(weight), mestinya=write(rounded), kg=write(told),
                )  # fmt: skip
                yield warning("berat", Place(self.kilograms, scope.item), words, amount, weight, told)


@dataclass(frozen=True, slots=True)
class MaterialAboveProduction:
    """Materials that cost more than everything made of them: production is valued at its cost (guide L613). What an
    orderer of maklon provides is not paid by the firm. Only once every product has its value."""

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """One, at the dearest material."""
        worth = sum(amounts_of(items(walk, "produksi"), "produksi.nilai"))
        paid = {
            Place(key, scope.item): amount
            for scope in items(walk, "bahan_baku")
            if scope.text("bahan_baku.sumber_bahan_baku") != _GIVEN_BY_OTHERS
            for key in ("bahan_baku.nilai_dalam_negeri", "bahan_baku.nilai_luar_negeri")
            if (amount := amount_of(scope, key))
        }
        spent = sum(paid.values())
        if spent > worth > 0:
            words = T(
                "Bahan baku yang dibeli berjumlah {bahan}, lebih besar daripada nilai produksi {produksi}. "
                "Nilai produksi mestinya sudah memuat ongkos bahan. Periksa keduanya.",
                bahan=rupiah(int(spent)), produksi=rupiah(int(worth)),
            )  # fmt: skip
            yield warning("bahan_mahal", max(paid, key=lambda place: paid[place]), words, spent, worth)


@dataclass(frozen=True, slots=True)
class Electricity:
    """No kWh in spite of machines and of PLN, or a price per kWh that PLN does not ask."""

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """At most one, at the kWh."""
        scope, place = walk.scope(), Place("listrik.jumlah_kwh")
        kwh, paid = amount_of(scope, place.question), amount_of(scope, "listrik.nilai")
        machines = [name for item in items(walk, "mesin") if (name := item.text("mesin.jenis_mesin"))]
        if kwh is None:
            return
        if not kwh and machines and scope.text("listrik.tipe") != NO_PLN:
            words = T(
                "Ada {mesin}, tetapi listrik PLN 0 kWh. Kalau memang tanpa listrik PLN, biarkan saja.",
                mesin=machines[0],
            )
            yield warning("listrik_nol", place, words, kwh)
        elif not kwh and paid:
            words = T("Listrik PLN {nilai}, tetapi pemakaiannya 0 kWh. Periksa kWh-nya.", nilai=rupiah(int(paid)))
            yield warning("listrik_kwh", place, words, kwh, paid)
        elif paid is not None and not _CHEAPEST_KWH * kwh <= paid <= _DEAREST_KWH * kwh:
            words = T(
                "Listrik PLN {nilai} untuk {kwh} kWh berarti {harga} per kWh, padahal biasanya Rp300 sampai Rp3.000. "
                "Periksa kWh dan rupiahnya.",
                nilai=rupiah(int(paid)), kwh=write(kwh), harga=price(paid, kwh),
            )  # fmt: skip
            yield warning("listrik_kwh", place, words, kwh, paid)
