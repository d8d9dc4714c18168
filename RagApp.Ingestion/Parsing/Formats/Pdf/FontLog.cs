using UglyToad.PdfPig.Logging;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>
/// Listens for fonts that PdfPig cannot read: it leaves their text out and goes on. What it says may quote the
/// document and goes nowhere.
/// </summary>
internal sealed class FontLog : ILog
{
    /// <summary>Whether a font was left out since it was last asked.</summary>
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
