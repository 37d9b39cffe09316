"""The routes of the moderators' pages."""

from flask import Flask

from moderation.comments import Comment

WEBHOOK = "/moderate/webhooks/<int(max=999999999):number>"


OPEN_TO_ALL = {
    "/moderate/sign-in",
    "/moderate/sign-in/code",
    "/moderate/link/<token>",
    "/moderate/digest/confirm/<token>",
    "/moderate/digest/stop/<token>",
}


def routes(app: Flask, method: str) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/moderate")]
    return [rule.rule for rule in rules if method in (rule.methods or ())]


def filled(rule: str, comment: Comment) -> str:
    values = {
        "<any(approve, reject, reopen):action>": "approve",
        "<token>": "no-such",
        "<int(max=999999999):number>": "1",
        "<any(on, off):how>": "off",
        "<int(max=999999999999):delivery_id>": "1",
        "<handle>": "0" * 16,
        "<int(max=999999999):token_id>": "1",
        "<comment_id>": comment.id,
        "<path:filename>": "queue.js",
        "<bulk_id>": "no-such",
        "<int:page_id>": "1",
        "<site_name>": "demo",
        "<code>": "de",
        "<any(keep, reject, again):action>": "keep",
        "<any(pin, unpin):action>": "pin",
        "<any(keep, reject):action>": "reject",
        "<any(approve, reject):action>": "approve",
        "<any(approve, keep):action>": "keep",
        "<int(max=999999999):sanction_id>": "1",
    }
    for name, value in values.items():
        rule = rule.replace(name, value)
    return rule.replace("arrivals", "arrivals?since=0")
