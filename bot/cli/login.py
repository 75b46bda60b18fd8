"""The command that gets an account's keys: login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from bot.cli.common import UserError, find_account, settings_of, wall_clock, who

if TYPE_CHECKING:
    from bot.model import Account
    from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("login")(login)


def login(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="An account of schedules.yaml.")],
) -> None:
    """Get an account's keys in the browser, write them to .env (mode 0600), check them."""
    from bot.content import load
    from bot.model import NetworkName

    settings = settings_of(context)
    found = find_account(load(settings.root).catalog, account)
    if found.server and str(urlsplit(found.server).hostname).endswith((".example", "example.org")):
        raise UserError(f"{found.server} is a placeholder: put your server into schedules.yaml")
    on_x = found.network is NetworkName.X
    secrets = _x(settings, found) if on_x else _mastodon(found)
    _keep_and_check(settings, found, secrets)


def _mastodon(account: Account) -> dict[str, str]:
    from bot.networks.login import start_mastodon

    pending = start_mastodon(str(account.server))
    typer.echo(f"1. Log in to {account.server} as the account that shall post.")
    typer.echo(f"2. Open this address there and allow Loudhailer:\n\n   {pending.url}\n")
    return pending.finish(typer.prompt("3. Paste the code that it shows", hide_input=True))


def _x(settings: Settings, account: Account) -> dict[str, str]:
    from bot import logs
    from bot.networks.login import start_x

    key, secret = (settings.value_of(account.name, n) for n in ("API_KEY", "API_SECRET"))
    if not (key and secret):
        typer.echo("X wants an app of yours: developer.x.com, user authentication, read and write.")
        key = typer.prompt("API key").strip()
        secret = typer.prompt("API secret", hide_input=True).strip()
    logs.learn((key, secret))
    pending = start_x(key, secret, server=account.server)
    typer.echo(f"Open this address as the account that shall post:\n\n   {pending.url}\n")
    return pending.finish(typer.prompt("Type the PIN that it shows", hide_input=True))


def _keep_and_check(settings: Settings, account: Account, secrets: dict[str, str]) -> None:
    from bot import logs
    from bot.keyring import write_env
    from bot.model import NetworkName
    from bot.networks.login import set_automated, whoami
    from bot.settings import variable_for

    logs.learn(secrets.values())
    identity = whoami(account, secrets)
    if not identity.handle:
        raise UserError("the server did not say who this is: nothing was written")
    write_env(
        settings.root / ".env", {variable_for(account.name, n): v for n, v in secrets.items()}
    )
    typer.echo(f"\n{account.name} is {identity.handle}. The keys are in .env (mode 0600).")
    typer.echo("A daemon that runs reads them when it is started again.")
    _trust_again(settings, account)
    if identity.automated:
        typer.echo("It is labelled as automated.")
    elif account.network is NetworkName.X:
        typer.echo(
            "X's API does not tell whether it carries the automated label, which X's rules ask "
            "for. On x.com: Settings, Your account, Account information, Automation."
        )
    else:
        ask = "It is not labelled as automated, which its readers are owed. Set the label now?"
        if typer.confirm(ask, default=True):
            set_automated(account, secrets)
            typer.echo("Labelled.")


def _trust_again(settings: Settings, account: Account) -> None:
    """Let posts that wait for new keys go at once, not within the hour."""
    from bot.store import NoDatabase, Store, StoreError

    try:
        with Store.open(settings.database_url, create=False) as store:
            store.try_again(wall_clock(), who(), account.name)
    except NoDatabase:
        pass  # nothing has been posted yet
    except StoreError as error:
        typer.echo(f"What waits for them is tried within the hour: {error}", err=True)
