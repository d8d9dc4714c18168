using System.Globalization;
using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>Reads title, author and dates of an Office document. Damage in them does not fail the document.</summary>
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

    /// <summary>Parses an ISO 8601 date, as UTC unless it has an offset; null for anything else.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
}
