"""KBLI 2020 codes by everyday product words of small industry, with a HS code where one fits plainly.

Our own short list, not the official one: a code missing here may be right all the same, and the NIB decides.
"""

from dataclasses import dataclass

from conversations.search import Finder, read_table


@dataclass(frozen=True)
class Product:
    """Words owners use for a kind of product, its KBLI 2020 (5 digits), a short title of ours, HS or None."""

    kata: tuple[str, ...]
    kbli: str
    judul: str
    hs: str | None


PRODUCTS = tuple(
    Product(tuple(row["kata_kunci"].split(",")), row["kbli"], row["judul"], row["hs"] or None)
    for row in read_table("produk.csv")
)

_finder = Finder((kata, product) for product in PRODUCTS for kata in product.kata)
_titles = {product.kbli: product.judul for product in PRODUCTS}


def search_products(text: str, limit: int = 6) -> tuple[Product, ...]:
    """Products that "kripik singkong pedas" may mean, the likeliest first, each KBLI once."""
    by_code: dict[str, Product] = {}
    for product in _finder.search(text, len(PRODUCTS)):
        by_code.setdefault(product.kbli, product)
    return tuple(by_code.values())[:limit]


def kbli_title(code: str) -> str | None:
    """Our short title of a KBLI 2020 code; None for a code that is not in our list."""
    return _titles.get(code)
