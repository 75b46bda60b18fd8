"""HTML: the words of a page without its menus, banners, scripts and forms.

Parsed by lxml: it knows on which line each element stands, reads tag soup in a fraction of a
second however large, and stops at 256 levels of nesting instead of taking minutes over them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import regex
from lxml import etree

from bot.proposals.document import Builder, Document, Paragraph, Part, joined

_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select",
        "option", "input", "textarea", "label", "svg", "math", "iframe", "object", "embed",
        "canvas", "audio", "video", "map", "dialog", "head", "title", "menu",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "header", "li", "ul", "ol", "dl", "dt", "dd",
        "table", "tr", "td", "th", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "br", "address", "figcaption", "details", "summary", "body", "html", "fieldset", "center",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "complementary",
        "menu",
    )
)
_PART_OF_PAGE = regex.compile(
    r"(?i)(?:^|[-_\s])(?:cookies?|consent|gdpr|banner|navbar|nav|menu|breadcrumbs?|sidebar|footer|widget"
    r"|skip(?:-?link)?|share(?:-?(?:bar|buttons?|links?))?|social(?:-?(?:links?|icons?|share))?|comments?"
    r"|related(?:-?posts?)?|newsletter|popup|modal|advert(?:isement)?|sr-only|screen-reader-text"
    r"|supporters?|signatures?-?list|recent-signers|tags?|pagination)(?:$|[-_\s])"
)
_HEADER = regex.compile(r"(?i)(?:^|\s)(?:site-?)?(?:header|masthead|top-?bar)(?:$|\s)")
_KEPT = frozenset(("html", "body", "main", "article"))
_LABEL_DASH = regex.compile(r"\s*[–—:\-]\s+")
_MAIN_SHARE = 0.3
"""An article or main part with at least this share of the page's words is the page."""
_TITLE_PARTS = regex.compile(r"\s+[|–—·»-]\s+")


def read(text: str) -> Document:
    """Read a cleaned text that is HTML. Never raises for bad HTML; tells what it left out."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        return Document(())
    warnings = []
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            warnings.append(
                f"line {entry.line}: the page could only be read up to here; if words are missing, "
                "copy them into a text file"
            )
            break
    meta = _meta(root)
    walk = _Walk()
    walk.block(_words_of(root))
    paragraphs = tuple(joined(walk.paragraphs))
    if walk.dropped:
        warnings.append(f"left out as part of the page: {', '.join(sorted(walk.dropped))}")
    return Document(
        paragraphs,
        title=_title(meta.title, meta.site),
        organisation=meta.site or _site(meta.title),
        published=meta.published,
        language=root.get("lang") or "",
        warnings=tuple(warnings),
    )


def _site(title: str) -> str:
    """The site's name behind the page's, where it is more than a word: `… | Tenants Union`."""
    parts = _TITLE_PARTS.split(title)
    return parts[-1] if len(parts) > 1 and " " in parts[-1] and len(parts[-1]) < 60 else ""


@dataclass(slots=True)
class _Meta:
    title: str = ""
    site: str = ""
    published: date | None = None


def _meta(root: etree._Element) -> _Meta:
    meta = _Meta()
    for element in root.iter("meta", "title", "script", "time"):
        name = (element.get("property") or element.get("name") or "").lower()
        content = " ".join((element.get("content") or "").split())[:300]
        if element.tag == "title" and not meta.title:
            meta.title = " ".join("".join(element.itertext()).split())[:300]
        elif name == "og:title" and content:
            meta.title = content
        elif name == "og:site_name" and content:
            meta.site = content
        elif name in ("article:published_time", "date", "dc.date", "dcterms.date", "datepublished"):
            meta.published = meta.published or _day(content)
        elif (
            element.tag == "script" and (element.get("type") or "").lower() == "application/ld+json"
        ):
            _linked_data(element.text or "", meta)
        elif element.tag == "time" and "pubdate" in element.attrib:
            meta.published = meta.published or _day(element.get("datetime") or "")
    return meta


def _linked_data(text: str, meta: _Meta) -> None:
    try:
        data: Any = json.loads(text) if len(text) < 100_000 else None
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        if isinstance(day := item.get("datePublished"), str):
            meta.published = meta.published or _day(day)
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(name := publisher.get("name"), str):
            meta.site = meta.site or " ".join(name.split())[:120]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _title(title: str, site: str) -> str:
    """The page's title without the site's name, which often stands behind it."""
    parts = _TITLE_PARTS.split(title)
    if len(parts) > 1 and (len(parts[-1]) < len(parts[0]) or parts[-1] == site):
        return title[: title.rfind(parts[-1])].rstrip(" |–—·»-")
    return title


def _words_of(root: etree._Element) -> etree._Element:
    """The part of the page that is the page: its main part or article, if it has most words."""
    everything = sum(len(t) for t in root.itertext())
    for tag in ("main", "article"):
        found = list(root.iter(tag))
        if len(found) == 1 and sum(len(t) for t in found[0].itertext()) > _MAIN_SHARE * everything:
            return found[0]
    return root


@dataclass(slots=True)
class _State:
    """The paragraph that is being read."""

    part: Part = Part.TEXT
    bold: int = 0
    strong: bool = False
    plain: bool = False
    label: int = 0


@dataclass(slots=True)
class _Walk:
    """Goes through a page's elements; recursion is bounded by lxml's limit of 256 levels."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    _builder: Builder = field(default_factory=Builder)
    _state: _State = field(default_factory=_State)

    def block(self, element: etree._Element) -> None:
        """Read an element and all in it."""
        self._element(element, Part.TEXT)
        self._end(Part.TEXT)

    def _element(self, element: etree._Element, part: Part) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()
        line = element.sourceline or 1
        if (reason := _left_out(element, tag)) is not None:
            self.dropped.update(filter(None, (reason,)))
            return
        inner = _part_in(tag, part)
        is_block = tag in _BLOCKS
        if is_block:
            self._end(inner)
        start = self._builder.length
        self._state.bold += tag in _BOLD
        if tag == "q":
            self._add("“", line)
        self._add(element.text, line)
        at = line + (element.text or "").count("\n")
        for child in element:
            self._element(child, inner)
            self._add(child.tail, max(at, child.sourceline or at))
        if tag == "q":
            self._add("”", at)
        self._state.bold -= tag in _BOLD
        if tag in _BOLD and not self._state.plain:
            self._state.label = self._builder.length
        address = (element.get("href") or "").strip()
        if tag == "a" and address.startswith(("http://", "https://")):
            self._builder.link(start, address)
        if is_block:
            self._end(part)

    def _add(self, words: str | None, line: int) -> None:
        if not words:
            return
        self._builder.add(words, line)
        if words.strip():
            state = self._state
            state.strong, state.plain = (
                state.strong or state.bold > 0,
                state.plain or not state.bold,
            )

    def _end(self, following: Part) -> None:
        state = self._state
        paragraph = self._builder.paragraph(state.part, strong=state.strong and not state.plain)
        if paragraph is not None:
            label = state.label
            if label and (dash := _LABEL_DASH.match(paragraph.text, label)):
                lead = dash.end()
                paragraph = Paragraph(
                    paragraph.text, paragraph.marks, paragraph.part, False, lead, paragraph.links
                )
            self.paragraphs.append(paragraph)
        self._state = _State(part=following, bold=state.bold)


def _part_in(tag: str, part: Part) -> Part:
    if tag in _HEADINGS:
        return Part.HEADING
    if tag == "blockquote":
        return Part.QUOTE
    return Part.ITEM if tag in ("li", "dt", "dd", "td", "th") and part is Part.TEXT else part


def _left_out(element: etree._Element, tag: str) -> str | None:
    """Name what an element is if it is no part of what the page says; "" for what nobody sees."""
    if tag in _DROPPED:
        return {"nav": "menus", "footer": "the footer", "aside": "asides"}.get(tag, "")
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    if hidden or "display:none" in style:
        return "what is hidden"
    if tag in _KEPT:
        return None
    if (element.get("role") or "").lower() in _ROLES:
        return "menus and banners"
    parent = element.getparent()
    around = parent.tag if parent is not None else ""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    is_header = (tag == "header" and around == "body") or _HEADER.search(names)
    if is_header and element.find(".//h1") is None:
        return "the page's header"
    if tag == "figcaption" and (parent is None or parent.find(".//blockquote") is None):
        return "captions"
    if found := _PART_OF_PAGE.search(names):
        return f"“{found[0].strip(' -_').lower()}”"
    return None
