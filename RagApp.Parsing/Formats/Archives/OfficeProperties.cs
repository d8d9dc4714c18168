using System.Globalization;
using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>Reads title, author and dates of an Office document. Damage in them does not fail the document.</summary>
internal static class OfficeProperties
{
    private const string UsualPart = "docProps/core.xml";
    private const string ProgramPart = "docProps/app.xml";

    public static void Read(IOfficePackage package, BlockWriter output)
    {
        var (title, template) = ("", "");
        ReadElements(
            () => package.OpenXml(Relationship.Of(package, "").FirstOrDefault(relationship => relationship.Kind == "core-properties")?.Target ?? UsualPart),
            reader =>
            {
                if (reader.LocalName == "title")
                    title = reader.TakeText();
                else
                    ReadProperty(reader, output);
            });
        if (title.Length > 0)
            ReadElements(() => package.OpenXml(ProgramPart), reader => template = reader.LocalName == "Template" ? reader.TakeText() : template);
        output.SetTitle(DocumentTitle.IsNameOf(template, title) ? null : DocumentTitle.Of(title)); // from a template, a document has its title
    }

    private static void ReadElements(Func<XmlReader?> open, Action<XmlReader> read)
    {
        try
        {
            using var reader = open();
            while (reader?.Read() is true)
            {
                if (reader.NodeType == XmlNodeType.Element)
                    read(reader);
            }
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            // what was read so far is kept
        }
    }

    private static void ReadProperty(XmlReader reader, BlockWriter output)
    {
        switch (reader.LocalName)
        {
            case "creator":
                output.SetAuthor(reader.TakeText());
                break;
            case "created":
                output.SetDates(Date(reader.TakeText()), modified: null);
                break;
            case "modified":
                output.SetDates(created: null, Date(reader.TakeText()));
                break;
        }
    }

    /// <summary>Parses an ISO 8601 date, as UTC unless it has an offset; null for anything else.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
}
