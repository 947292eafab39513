"""Greets: the smallest function."""


def main(who="world", times=1):
    """Print a greeting and return it; the return value is the run's result."""
    for _ in range(times):
        print(f"Hello, {who}!")
    return f"Hello, {who}!"
