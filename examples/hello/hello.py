"""Greets: the smallest function."""


def main(who="world", times=1):
    for _ in range(times):
        print(f"Hello, {who}!")
    return f"Hello, {who}!"
