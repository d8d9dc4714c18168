using UglyToad.PdfPig.Logging;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Notices fonts that PdfPig cannot read; PdfPig leaves out their text and continues. Its messages may quote the document and
/// are not logged.
/// </summary>
internal sealed class FontLog : ILog
{
    /// <summary>True when a font was left out since the last reset.</summary>
    public bool FontMissing { get; set; }

    public void Debug(string message)
    {
    }

    public void Debug(string message, Exception ex)
    {
    }

    public void Warn(string message) => FontMissing |= message.Contains("missing font", StringComparison.OrdinalIgnoreCase);

    public void Error(string message)
    {
    }

    public void Error(string message, Exception ex)
    {
    }
}
