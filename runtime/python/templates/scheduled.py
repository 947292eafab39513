"""Looks after something regularly: here, how full the disk is."""

import shutil


def main(path="/", most=95.0):
    """Fail when more than ``most`` per cent of the disk are used, so that the run calls for attention."""
    total, used, _ = shutil.disk_usage(path)
    percent = round(100 * used / total, 1)
    print(f"{percent} % of {path} are used")
    if percent > most:
        raise RuntimeError(f"{percent} % of {path} are used, more than {most} %")
    return percent
