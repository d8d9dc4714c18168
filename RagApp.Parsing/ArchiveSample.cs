using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing;

/// <summary>The facts by which formats recognize a ZIP archive: its declarations, not the names of parts and extensions, which vary.</summary>
internal sealed class ArchiveSample : IDisposable
{
    private const int LongestMediaType = 100;

    private readonly OfficeArchive _archive;
    private readonly Lazy<string> _mediaType;
    private readonly Lazy<string?> _officeRoot;

    public ArchiveSample(Stream file)
    {
        _archive = OfficeArchive.Open(file);
        _mediaType = new(ReadMediaType);
        _officeRoot = new(FindOfficeRoot);
    }

    /// <summary>The content of the <c>mimetype</c> entry, which OpenDocument and EPUB have; empty when there is none.</summary>
    public string MediaType => _mediaType.Value;

    /// <summary>
    /// Name of the root element of an Office document's main part, such as <c>document</c>; the part's folder, such as
    /// <c>word</c>, when the part is damaged; null for other archives.
    /// </summary>
    /// <exception cref="ParseRefusedException">The archive is an Office file of a kind that cannot be read.</exception>
    public string? OfficeRoot => _officeRoot.Value;

    public bool Has(string part) => _archive.Has(part);

    /// <summary>Opens a part as XML; null when there is no such part.</summary>
    public XmlReader? OpenXml(string part) => _archive.OpenXml(part);

    public void Dispose() => _archive.Dispose();

    private string ReadMediaType()
    {
        using var entry = _archive.Open("mimetype");
        if (entry is null)
            return "";
        var bytes = new byte[LongestMediaType];
        var read = entry.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(bytes, 0, read).Trim();
    }

    private string? FindOfficeRoot()
    {
        var main = _archive.MainPart();
        if (main.Length == 0)
            return null;
        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            throw new ParseRefusedException("This is a binary Excel workbook (.xlsb). Save it as .xlsx and upload that.");
        var root = RootOf(main) ?? main.Split('/')[0].ToLowerInvariant();
        return root == "VisioDocument" ? throw new ParseRefusedException("This is a Visio drawing. Save it as PDF and upload that.") : root;
    }

    private string? RootOf(string part)
    {
        try
        {
            using var reader = _archive.OpenXml(part);
            return reader?.LocalName;
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            return null;
        }
    }
}
