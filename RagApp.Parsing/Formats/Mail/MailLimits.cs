namespace RagApp.Parsing.Formats.Mail;

/// <summary>Limits on parsing a mail.</summary>
internal static class MailLimits
{
    /// <summary>Largest depth of nested parts; deeper ones are not opened. Parsing recurses to this depth.</summary>
    public const int Depth = 64;

    /// <summary>Largest number of names written for one header line.</summary>
    public const int Names = 100;

    public static MimeKit.ParserOptions Options { get; } = new() { MaxMimeDepth = Depth };
}
