using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Reads title, author and dates in <c>office:meta</c>.</summary>
internal static class OdfProperties
{
    public static void Read(Func<string, XmlReader?> open, BlockWriter output)
    {
        var (title, template) = ("", "");
        try
        {
            using var reader = open(OdfParts.Meta);
            while (reader?.Read() is true && reader.LocalName != "body")
            {
                if (reader is { NodeType: XmlNodeType.Element, Name: "meta:template" })
                    template = reader.GetAttribute("xlink:title") ?? "";
                else if (reader is { NodeType: XmlNodeType.Element, Name: "dc:title" })
                    title = reader.TakeText();
                else if (reader.NodeType == XmlNodeType.Element)
                    ReadProperty(reader, output);
            }
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            // what was read so far is kept
        }
        output.SetTitle(DocumentTitle.IsNameOf(template, title) ? null : DocumentTitle.Of(title));
    }

    private static void ReadProperty(XmlReader reader, BlockWriter output)
    {
        switch (reader.Name)
        {
            case "meta:initial-creator":
                output.SetAuthor(reader.TakeText());
                break;
            case "dc:creator" when output.Properties.Author is null:
                output.SetAuthor(reader.TakeText());
                break;
            case "meta:creation-date":
                output.SetDates(OfficeProperties.Date(reader.TakeText()), modified: null);
                break;
            case "dc:date":
                output.SetDates(created: null, OfficeProperties.Date(reader.TakeText()));
                break;
        }
    }
}
