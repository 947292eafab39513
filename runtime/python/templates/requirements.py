"""Prints a table with a package that is not in the standard library."""

from tabulate import tabulate


def main(numbers=(1, 2, 3)):
    """Print squares and cubes; the requirements of the function bring the package."""
    rows = [[n, n**2, n**3] for n in numbers]
    print(tabulate(rows, headers=["n", "square", "cube"], tablefmt="github"))
    return sum(row[2] for row in rows)
