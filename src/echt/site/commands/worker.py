"""`echt worker`: background work alone, of one queue. Any number of workers may run at once."""

import sys
from argparse import Namespace

from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("worker", parents=[shared], help="run the background work alone")
    command.add_argument("--queue", default="default", help="whose jobs to take: default or vision (default: default)")
    command.add_argument("--poll", type=float, help="seconds between looks for work (ECHT_WORK_POLL)")
    command.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    import django

    from echt.site import lifeline, logs

    logs.configure()
    lifeline.hold()
    django.setup()
    from echt.site import first_start, vision
    from echt.work import worker

    if arguments.queue not in worker.queues():
        print(f"There is no queue {arguments.queue}; there are {', '.join(worker.queues())}.", file=sys.stderr)
        return 1
    first_start.wait_until_prepared()
    if arguments.queue == vision.QUEUE:
        vision.prepare()
    worker.run(queue=arguments.queue, poll=arguments.poll)
    return 0
