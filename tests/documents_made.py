"""Documents as people send them, made in a test: Word and OpenDocument packages, part by part."""

# ruff: noqa: E501  (the names of XML's namespaces are as long as they are)

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>"""
STYLES = f"""<?xml version="1.0"?><w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Otsikko"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko2"><w:name w:val="heading 2"/></w:style>
</w:styles>"""
NUMBERING = f"""<?xml version="1.0"?><w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def paragraph(text, style="", *, bold=False, listed=False):
    """A paragraph of Word's; ``style`` as Finnish Word names it (Otsikko1)."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed:
        look += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    words = f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{look}</w:pPr>{words}</w:p>"


def linked(text, relation="rId9"):
    """A paragraph that is a link."""
    return f'<w:p><w:hyperlink r:id="{relation}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>'


def table(rows):
    """A table of texts."""
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def drawing(relation, alt="", *, outside=False):
    """A picture, embedded or linked."""
    how = "link" if outside else "embed"
    return f"""<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:docPr id="1" name="x" descr="{alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


def docx(*body, pictures=(), link="", outside="", prolog="", parts=None):
    """A Word document; pictures are rId20, rId21 …, ``link`` is rId9, ``outside`` rId10."""
    relations = [
        f'<Relationship Id="rId2" Type="{R}/styles" Target="styles.xml"/>',
        f'<Relationship Id="rId3" Type="{R}/numbering" Target="numbering.xml"/>',
    ]
    if link:
        relations.append(
            f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="{link}" TargetMode="External"/>'
        )
    if outside:
        relations.append(
            f'<Relationship Id="rId10" Type="{R}/image" Target="{outside}" TargetMode="External"/>'
        )
    made = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/document.xml": f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{W}" '
        f'xmlns:r="{R}"><w:body>{"".join(body)}</w:body></w:document>',
    }
    for number, data in enumerate(pictures):
        made[f"word/media/image{number}.png"] = data
        relations.append(
            f'<Relationship Id="rId{20 + number}" Type="{R}/image" '
            f'Target="media/image{number}.png"/>'
        )
    made["word/_rels/document.xml.rels"] = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/relationships">{"".join(relations)}</Relationships>'
    )
    return package({**made, **(parts or {})})


def odt(content, *, pictures=(), prolog="", manifest="", parts=None):
    """An OpenDocument text of this body; pictures are Pictures/0.png and so on."""
    names = {
        "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "style": "style:1.0",
        "draw": "drawing:1.0", "fo": "xsl-fo-compatible:1.0", "svg": "svg-compatible:1.0",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}"' for name, uri in names.items()
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    styles = (
        '<office:automatic-styles><style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
    )
    made = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0"?>{prolog}<office:document-content {spaces}>{styles}'
        f"<office:body><office:text>{content}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f'<?xml version="1.0"?><office:document-styles {spaces}/>',
        "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="application/vnd.oasis.opendocument.text"/>{manifest}'
        "</manifest:manifest>",
    }
    for number, data in enumerate(pictures):
        made[f"Pictures/{number}.png"] = data
    return package({**made, **(parts or {})})


def package(parts):
    """A zip package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else None
            file.writestr(name, content, compress_type=method)
    return out.getvalue()
