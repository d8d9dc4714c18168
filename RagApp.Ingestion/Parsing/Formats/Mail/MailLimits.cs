namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>How far a mail is taken apart.</summary>
internal static class MailLimits
{
    /// <summary>Parts in parts; what is deeper stays closed. The walk through a mail recurses this deep.</summary>
    public const int Depth = 64;

    /// <summary>Names in one header line that are written out; a mail to thousands is about something else.</summary>
    public const int Names = 100;

    public static MimeKit.ParserOptions Options { get; } = new() { MaxMimeDepth = Depth };
}
