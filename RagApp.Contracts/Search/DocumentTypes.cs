namespace RagApp.Contracts.Search;

/// <summary>Kinds of file that documents can be filtered by. The kind is detected from the content, not from the file's name.</summary>
public static class DocumentTypes
{
    public const string Pdf = "pdf";

    /// <summary>Word documents of any version, OpenDocument texts, RTF.</summary>
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

    /// <summary>ZIP archives; each file in the archive has a type of its own.</summary>
    public const string Archive = "archive";

    /// <summary>Files not parsed yet, and files of no other type.</summary>
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Pdf, Word, PowerPoint, Excel, Html, Markdown, Text, Mail, Book, Data, Archive, Other];
}
