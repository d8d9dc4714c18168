using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>The shared data of a workbook: order of the sheets, shared texts, number formats.</summary>
internal sealed class XlsxWorkbook
{
    private readonly List<XlsxSheetPart> _sheets = [];

    private XlsxWorkbook(IReadOnlyList<string> texts, XlsxStyles styles) => (Texts, Styles) = (texts, styles);

    public IReadOnlyList<XlsxSheetPart> Sheets => _sheets;

    public IReadOnlyList<string> Texts { get; }

    public XlsxStyles Styles { get; }

    /// <summary>True when dates count from 1904, as on old Macs, and not from 1900.</summary>
    public bool CountsFrom1904 { get; private set; }

    public static XlsxWorkbook Read(OfficeArchive archive, string main, BlockWriter output)
    {
        var relationships = Relationship.Of(archive, main);
        var workbook = new XlsxWorkbook(
            Optional(() => XlsxTexts.Read(archive, PartOf("sharedStrings")), output) ?? [],
            Optional(() => XlsxStyles.Read(archive, PartOf("styles")), output) ?? new XlsxStyles());
        using var reader = archive.OpenXml(main)
            ?? throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        workbook.ReadSheets(reader, relationships);
        return workbook;

        string PartOf(string kind) => relationships.FirstOrDefault(relationship => relationship.Kind == kind)?.Target
            ?? $"{ArchivePath.Folder(main)}{kind}.xml";
    }

    private void ReadSheets(XmlReader reader, IReadOnlyList<Relationship> relationships)
    {
        var targets = relationships.DistinctBy(target => target.Id).ToDictionary(target => target.Id, target => target.Target, StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "workbookPr")
                CountsFrom1904 = reader.GetAttribute("date1904") is "1" or "true";
            else if (reader.LocalName == "sheet" && reader.GetAttribute("state") is null or "visible"
                && reader.RelationshipId("id") is { } id && targets.TryGetValue(id, out var part))
                _sheets.Add(new XlsxSheetPart(reader.GetAttribute("name") ?? "", part));
        }
    }

    /// <summary>Reads a part without which the numbers can still be read; adds a warning when it is damaged.</summary>
    private static T? Optional<T>(Func<T> read, BlockWriter output)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn("A part that the sheets share is damaged: texts or number formats may be missing.");
            return null;
        }
    }
}
