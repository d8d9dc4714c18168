using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Drawing;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>Reads the comments, text boxes and charts of a sheet.</summary>
internal sealed class XlsxSheetNotes(OfficeArchive archive, string part, TableRows rows, BlockWriter output)
{
    /// <summary>Beginning of the notice that Excel writes before a newer comment, for programs that do not support it.</summary>
    private const string NewerComment = "[Threaded comment]";
    private const string NewerCommentText = "Comment:";

    public void Read()
    {
        foreach (var relationship in Relationship.Of(archive, part))
        {
            if (relationship.Kind == "comments")
                ReadComments(relationship.Target);
            else if (relationship.Kind == "drawing")
                ReadDrawing(relationship.Target);
        }
    }

    private void ReadComments(string comments)
    {
        using var reader = archive.OpenXml(comments);
        while (reader?.Read() is true)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "comment" })
                continue;
            var cell = reader.GetAttribute("ref");
            if (XlsxTexts.TextOf(reader) is { Length: > 0 } text)
                Write($"Comment on {cell}: {WithoutNotice(text)}");
        }
    }

    private static string WithoutNotice(string text)
    {
        var start = text.StartsWith(NewerComment, StringComparison.Ordinal) ? text.IndexOf(NewerCommentText, StringComparison.Ordinal) : -1;
        return start < 0 ? text : text[(start + NewerCommentText.Length)..];
    }

    private void ReadDrawing(string drawing)
    {
        var references = new DrawingReferences(archive, Relationship.Of(archive, drawing), output);
        using var reader = archive.OpenXml(drawing);
        if (reader is null)
            return;
        foreach (var piece in new DrawingText(reader).Read())
        {
            if (piece.Reference is { } reference)
                references.Read(reference, page: null);
            else
                Write(piece.Line);
        }
    }

    private void Write(string text)
    {
        rows.WriteHeading();
        output.Paragraph(text);
    }
}
