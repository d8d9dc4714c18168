using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Drawing;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Pptx;

/// <summary>
/// Writes one slide: its title as a heading, wherever the title is among the shapes, then in reading order its text, tables, charts, and
/// the speaker's notes. A footer repeated on every slide is written once.
/// </summary>
internal sealed class PptxSlide(OfficeArchive archive, string part, int number, HashSet<string> footers, BlockWriter output)
{
    private const int LongestTitle = 100;

    private readonly List<string> _title = [];
    private readonly List<DrawingPiece> _pieces = [];

    public void Read(XmlReader reader)
    {
        var relationships = Relationship.Of(archive, part);
        try
        {
            foreach (var piece in new DrawingText(reader).Read())
                Keep(piece);
        }
        finally
        {
            Write(new DrawingReferences(archive, relationships, output));
        }
        foreach (var relationship in relationships)
            ReadBeside(relationship);
    }

    private void Keep(DrawingPiece piece)
    {
        switch (piece.Placeholder)
        {
            case "title" or "ctrTitle":
                _title.Add(piece.Text ?? "");
                break;
            case "sldNum" or "dt":
                break; // slide number and date
            case "ftr" or "hdr" when !footers.Add(piece.Text ?? ""):
                break;
            default:
                _pieces.Add(piece);
                break;
        }
    }

    private void Write(DrawingReferences references)
    {
        var ordered = SlideOrder.Of(_pieces).ToList();
        WriteTitle(ordered);
        var rows = new PlainRows(output) { Page = number };
        var shape = 0;
        foreach (var piece in ordered)
        {
            if (piece.Shape != shape || piece.Row is null)
                rows.End();
            shape = piece.Shape;
            if (piece.Reference is { } reference)
                references.Read(reference, number);
            else if (piece.Row is { } row)
                rows.Add(row, piece.IsHeader);
            else if (piece.IsItem)
                output.ListItem(piece.Text!, number, piece.Number);
            else
                output.Paragraph(piece.Text!, number);
        }
        rows.End();
    }

    /// <summary>
    /// Writes the title of the slide, or its first line, or its number, so that its text is not placed under the title of the
    /// previous slide.
    /// </summary>
    private void WriteTitle(List<DrawingPiece> pieces)
    {
        if (_title.Count > 0)
        {
            output.Heading(1, string.Join(' ', _title), number);
        }
        else if (pieces.Find(piece => piece.Reference is null) is { } first)
        {
            var isTitle = first is { IsItem: false, Text.Length: <= LongestTitle };
            output.Heading(1, isTitle ? first.Text! : string.Create(CultureInfo.InvariantCulture, $"Slide {number}"), number);
            if (isTitle)
                pieces.Remove(first);
        }
    }

    private void ReadBeside(Relationship relationship)
    {
        if (relationship.Kind is not ("notesSlide" or "comments"))
            return;
        using var reader = archive.OpenXml(relationship.Target);
        if (reader is null)
            return;
        if (relationship.Kind == "notesSlide")
            WriteNotes(reader);
        else
            WriteComments(reader);
    }

    private void WriteNotes(XmlReader reader)
    {
        var notes = new DrawingText(reader).Read().Where(piece => piece is { Placeholder: "body" or "", Text: not null }).Select(piece => piece.Text!).ToList();
        if (notes.Count > 0)
            output.Paragraph("Notes: " + string.Join('\n', notes), number);
    }

    private void WriteComments(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "text" or "txBody" } && reader.TakeText() is { Length: > 0 } comment)
                output.Paragraph("Comment: " + comment, number);
        }
    }
}
