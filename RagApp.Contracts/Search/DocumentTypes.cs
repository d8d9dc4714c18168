namespace RagApp.Contracts.Search;

/// <summary>Kinds of file, as documents are filtered by: told by what a file holds, whatever its name says.</summary>
public static class DocumentTypes
{
    public const string Pdf = "pdf";

    /// <summary>Word documents of any age, OpenDocument texts, RTF.</summary>
    public const string Word = "word";

    /// <summary>PowerPoint and OpenDocument presentations.</summary>
    public const string PowerPoint = "powerpoint";

    /// <summary>Excel workbooks, OpenDocument spreadsheets, CSV.</summary>
    public const string Excel = "excel";

    public const string Html = "html";

    public const string Markdown = "markdown";

    /// <summary>Plain text, reStructuredText.</summary>
    public const string Text = "text";

    /// <summary>Single mails, Outlook messages, mailboxes.</summary>
    public const string Mail = "mail";

    /// <summary>EPUB.</summary>
    public const string Book = "book";

    /// <summary>JSON and XML.</summary>
    public const string Data = "data";

    /// <summary>ZIP: what is in it has a type of its own.</summary>
    public const string Archive = "archive";

    /// <summary>Not told yet, or none of these.</summary>
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Pdf, Word, PowerPoint, Excel, Html, Markdown, Text, Mail, Book, Data, Archive, Other];
}
