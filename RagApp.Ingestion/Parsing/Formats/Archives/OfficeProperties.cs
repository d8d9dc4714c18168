using System.Globalization;
using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>Title, author and dates of an Office document. Damaged ones cost the properties, not the document.</summary>
internal static class OfficeProperties
{
    private const string UsualPart = "docProps/core.xml";

    public static void Read(IOfficePackage package, BlockWriter output)
    {
        try
        {
            var part = Relationship.Of(package, "").FirstOrDefault(relationship => relationship.Kind == "core-properties")?.Target;
            using var reader = package.OpenXml(part ?? UsualPart);
            while (reader?.Read() is true)
            {
                if (reader.NodeType == XmlNodeType.Element)
                    ReadProperty(reader, output);
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
            case "title":
                output.SetTitle(reader.TakeText());
                break;
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

    /// <summary>A date as ISO 8601 has it, UTC unless it says otherwise; null for anything else.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
}
