using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Drawing;
using RagApp.Parsing.Formats.Html;
using RagApp.Parsing.Formats.PlainText;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>Reads charts, diagrams, and whole documents of another format shown inside the text (<c>w:altChunk</c>).</summary>
internal sealed class DocxEmbedded(
    IOfficePackage package, IReadOnlyList<Relationship> relationships, DrawingReferences drawings, BlockWriter output)
{
    public void ReadDrawing(string id) => drawings.Read(id, page: null);

    public void ReadChunk(string? id)
    {
        var part = relationships.FirstOrDefault(relationship => relationship.Id == id)?.Target ?? "";
        using var content = (package as OfficeArchive)?.Open(part);
        switch (Path.GetExtension(part).ToUpperInvariant())
        {
            case ".HTML" or ".HTM" or ".XHTML" when content is not null:
                HtmlFormat.ReadFragment(Xhtml.AsHtml(TextDecoder.DecodeAll(content)), output);
                break;
            case ".TXT" when content is not null:
                PlainTextFormat.ReadText(TextDecoder.DecodeAll(content), output);
                break;
            default:
                output.Warn("A document within the document was left out. Copy its text into the document to have it read.");
                break;
        }
    }
}
