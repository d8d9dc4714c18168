using System.Buffers;

namespace RagApp.Text.Sentences;

/// <summary>The marks of all scripts that end a sentence.</summary>
internal static class SentenceMarks
{
    /// <summary>The full-width full stop, which is also a decimal point, as in <c>３．５</c>.</summary>
    public const char FullWidthFullStop = '．';

    /// <summary>Marks that end a sentence only before white space or at the end of the text.</summary>
    private const string BeforeSpace = ".!?…؟۔";

    /// <summary>Marks that end a sentence even when no space follows.</summary>
    private const string Anywhere = "。！？．।॥။។።";

    public static SearchValues<char> EndsBeforeSpace { get; } = SearchValues.Create(BeforeSpace);

    public static SearchValues<char> Ends { get; } = SearchValues.Create(BeforeSpace + Anywhere);

    /// <summary>Closing quotation marks and brackets, which belong to the sentence when they follow its end mark.</summary>
    public const string AllClosers = "\"'”’»)]}）」』】";

    public static SearchValues<char> Closers { get; } = SearchValues.Create(AllClosers);
}
