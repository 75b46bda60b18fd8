"""File systems of other kinds than the one the tests run on."""

from __future__ import annotations

import errno
import os

from bot.intake.drawer import Drawer


class OldMount(Drawer):
    """One that cannot move a file without replacing, as NFS and many network drives."""

    @staticmethod
    def rename(_src_fd: int, _src: str, _dst_fd: int, dst: str) -> None:
        """Answer as the kernel does there."""
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), dst)
