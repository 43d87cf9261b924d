"""A filter of system calls for a process that from now on only computes (Linux, x86-64 and ARM64).

1. What the list does not name answers "not permitted": opening, connecting, starting, signalling, looking into others.
   A further thread is allowed, since HEIC is read in several; a further process is not.
2. It holds for good, also for what an attacker makes the process run.
3. Where the system has no such filter, the limits of `confinement` remain; `shut` says which of the two it is.
"""

import ctypes
import errno
import platform
import sys

SET_NO_NEW_PRIVILEGES, SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD, EQUAL, AT_LEAST, HAS_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
THREAD = 0x00010000
"""The flag of `clone` that makes a thread instead of a process."""
CLONE_BY_STRUCTURE = 435
"""`clone3`, whose flags no filter can see: it is said not to exist, and `clone` is used in its place."""
FOREIGN_NUMBERS = 0x40000000
"""From here on lie the numbers of another calling convention of the same processor."""

NEEDED = {
    "x86_64": {
        "AUDIT_ARCH": 0xC000003E,
        "clone": 56,
        "read": 0,
        "write": 1,
        "close": 3,
        "poll": 7,
        "lseek": 8,
        "mmap": 9,
        "mprotect": 10,
        "munmap": 11,
        "brk": 12,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "select": 23,
        "sched_yield": 24,
        "mremap": 25,
        "madvise": 28,
        "getpid": 39,
        "exit": 60,
        "sigaltstack": 131,
        "gettid": 186,
        "futex": 202,
        "sched_getaffinity": 204,
        "restart_syscall": 219,
        "clock_gettime": 228,
        "exit_group": 231,
        "set_robust_list": 273,
        "rseq": 334,
        "pselect6": 270,
        "ppoll": 271,
        "getrandom": 318,
    },
    "aarch64": {
        "AUDIT_ARCH": 0xC00000B7,
        "clone": 220,
        "close": 57,
        "lseek": 62,
        "read": 63,
        "write": 64,
        "pselect6": 72,
        "ppoll": 73,
        "exit": 93,
        "exit_group": 94,
        "futex": 98,
        "set_robust_list": 99,
        "rseq": 293,
        "clock_gettime": 113,
        "sched_getaffinity": 123,
        "sched_yield": 124,
        "restart_syscall": 128,
        "sigaltstack": 132,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "getpid": 172,
        "gettid": 178,
        "brk": 214,
        "munmap": 215,
        "mremap": 216,
        "mmap": 222,
        "mprotect": 226,
        "madvise": 233,
        "getrandom": 278,
    },
}
"""What computing, reading stdin and writing stdout take; the first line is the architecture's own number."""


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction))]


def shut() -> bool:
    """Put the filter in place. Whether this system has it."""
    needed = NEEDED.get(platform.machine())
    if not sys.platform.startswith("linux") or needed is None:
        return False
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    steps = _steps(needed)
    program = _Program(len(steps), (_Instruction * len(steps))(*steps))
    return bool(prctl(SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(needed: dict[str, int]) -> list[_Instruction]:
    """Refuse another architecture's calls, allow what is needed, of clones only threads, and refuse the rest."""
    architecture, clone, *numbers = needed.values()
    count = len(numbers)
    refuse, unknown, allow = count + 8, count + 9, count + 10  # where the three answers stand
    steps = [
        _Instruction(LOAD, 0, 0, ARCHITECTURE),
        _Instruction(EQUAL, 0, refuse - 2, architecture),
        _Instruction(LOAD, 0, 0, NUMBER),
        _Instruction(AT_LEAST, refuse - 4, 0, FOREIGN_NUMBERS),
    ]
    steps += [_Instruction(EQUAL, allow - place, 0, number) for place, number in enumerate(numbers, 5)]
    return [
        *steps,
        _Instruction(EQUAL, unknown - count - 5, 0, CLONE_BY_STRUCTURE),
        _Instruction(EQUAL, 0, refuse - count - 6, clone),
        _Instruction(LOAD, 0, 0, FIRST_ARGUMENT),
        _Instruction(HAS_BIT, allow - count - 8, 0, THREAD),
        _Instruction(RETURN, 0, 0, REFUSE),
        _Instruction(RETURN, 0, 0, UNKNOWN),
        _Instruction(RETURN, 0, 0, ALLOW),
    ]
