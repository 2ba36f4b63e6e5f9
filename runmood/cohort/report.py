"""The one-page report of a week for who runs a club, a clinic or a study: in words, and as a page with a picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from runmood.findings.stats.pooling import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.cohort.release import PooledFigure, Release, SiteFigure
    from runmood.core.i18n import Translator

WIDTH, ROW, LEFT = 640, 34, 150  # of the picture, in pixels
WIDEST = 1.0  # own standard deviations to either side
STYLE = """\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.6rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.2rem 1rem .2rem 0}
svg text{fill:currentColor;font:13px system-ui,sans-serif}svg line,svg circle{stroke:currentColor;fill:currentColor}
.soft{opacity:.75}
@media print{body{margin:0;max-width:none;font-size:11pt}}
"""


def report_as_text(release: Release, say: Translator) -> str:
    """Return the report in words."""
    parts = [say("cohort.report.title", name=release.name, week=release.week), _people(release, say)]
    parts += [f"{_title(figure, say)}\n{' '.join(_sentences(figure, say))}" for figure in release.figures]
    if release.sites:
        parts.append("\n".join([say("cohort.report.sites"), *(_site(site, say) for site in release.sites)]))
    return "\n\n".join([*parts, *_closing(say)])


def report_as_page(release: Release, say: Translator) -> str:
    """Return the report as a page of HTML that needs nothing else, its interval picture drawn."""
    title = escape(say("cohort.report.title", name=release.name, week=release.week))
    body = [f"<h1>{title}</h1>", f"<p>{escape(_people(release, say))}</p>", _picture(release, say)]
    for figure in release.figures:
        words = " ".join(_sentences(figure, say))
        body.append(f"<h2>{escape(_title(figure, say))}</h2><p>{escape(words)}</p>")
    if release.sites:
        rows = "".join(f"<li>{escape(_site(site, say))}</li>" for site in release.sites)
        body.append(f"<h2>{escape(say('cohort.report.sites'))}</h2><ul>{rows}</ul>")
    body += [f'<p class="soft">{escape(sentence)}</p>' for sentence in _closing(say)]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    page = f"<head>{head}<style>{STYLE}</style></head><body>{''.join(body)}</body>"
    return f'<!doctype html><html lang="{say.language}">{page}</html>'


def _people(release: Release, say: Translator) -> str:
    if release.people is None:
        return say("cohort.report.too_few")
    return say("cohort.report.people", people=release.people)


def _title(figure: PooledFigure, say: Translator) -> str:
    return say.choice("cohort.report.asks", figure.question)


def _sentences(figure: PooledFigure, say: Translator) -> Iterator[str]:
    """Word a figure: what was seen, how sure, how much people differ, and of how many it is."""
    if not figure.people:
        yield say("cohort.report.too_few_here")
        return
    if figure.mean is None or figure.least is None or figure.most is None:
        yield say("cohort.report.not_told", people=figure.people)
    elif figure.question not in EFFECTS:
        ends = {"least": say.share(figure.least), "most": say.share(figure.most)}
        yield say("cohort.report.share", share=say.share(figure.mean), people=figure.people, **ends)
    else:
        yield say(
            f"cohort.report.effect_{_direction(figure.least, figure.most)}",
            difference=abs(figure.mean),
            least=figure.least,
            most=figure.most,
            people=figure.people,
        )
        yield say("cohort.report.spread" if figure.spread else "cohort.report.alike", spread=figure.spread or 0.0)
        if figure.seen is not None:
            yield say("cohort.report.seen", seen=figure.seen, people=figure.people)
    yield say("cohort.report.as_of", week=figure.week)


def _direction(least: float, most: float) -> str:
    """Return what the interval says of the direction."""
    return "higher" if least > 0 else "lower" if most < 0 else "open"


def _site(site: SiteFigure, say: Translator) -> str:
    name = site.site or say("cohort.report.no_site")
    if site.people is None:
        return say("cohort.report.site_too_few", site=name)
    shares = {"rated": say.share(site.rated_share or 0.0), "known": say.share(site.known_share or 0.0)}
    return say("cohort.report.site", site=name, people=site.people, **shares)


def _closing(say: Translator) -> tuple[str, ...]:
    """Return what every report says at its end."""
    return say("cohort.report.how"), say("cohort.report.rounded"), say("cohort.report.not_one")


def _picture(release: Release, say: Translator) -> str:
    """Draw the mean of each question with its interval, on one axis."""
    shown = [each for each in release.figures if each.question in EFFECTS and each.mean is not None]
    if not shown:
        return ""
    height = ROW * (len(shown) + 1)
    middle = _place(0.0)
    lines = [f'<line x1="{middle}" x2="{middle}" y1="0" y2="{height - ROW}" stroke-opacity=".4"/>']
    for row, figure in enumerate(shown):
        y = ROW * row + ROW // 2
        least, most, mean = (_place(value or 0.0) for value in (figure.least, figure.most, figure.mean))
        lines += [
            f'<text x="0" y="{y + 4}">{escape(say.choice("cohort.report.short", figure.question))}</text>',
            f'<line x1="{least}" x2="{most}" y1="{y}" y2="{y}" stroke-width="3"/>',
            f'<circle cx="{mean}" cy="{y}" r="6"/>',
        ]
    for value in (-WIDEST, -WIDEST / 2, 0.0, WIDEST / 2, WIDEST):
        mark = say.figure(value)
        lines.append(f'<text x="{_place(value)}" y="{height - 10}" text-anchor="middle">{mark}</text>')
    label = escape(say("cohort.report.axis"))
    picture = f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" aria-label="{label}">{"".join(lines)}</svg>'
    return f"<figure>{picture}<figcaption>{label}</figcaption></figure>"


def _place(value: float) -> int:
    """Return where on the axis a value stands; one beyond it stands at its end."""
    held = max(-WIDEST, min(WIDEST, value))
    return round(LEFT + (held + WIDEST) / (2 * WIDEST) * (WIDTH - LEFT - 20))
