using System.Buffers;
using System.Globalization;

namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// Replacements for the library's searches in spans. These contain loops that a counter in our code does not see, so each
/// replacement counts the characters that it looks at. Names and types equal those of <see cref="MemoryExtensions"/> and
/// <see cref="StringInfo"/>.
/// </summary>
public static class CountedSearches
{
    public static int IndexOf(ReadOnlySpan<char> span, char value) => Forward(span, span.IndexOf(value));

    public static int IndexOf(ReadOnlySpan<char> span, ReadOnlySpan<char> value) => Forward(span, span.IndexOf(value));

    public static int IndexOf(ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparison) => Forward(span, span.IndexOf(value, comparison));

    public static int LastIndexOf(ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparison)
    {
        var at = span.LastIndexOf(value, comparison);
        Work.Look(at < 0 ? span.Length : span.Length - at);
        return at;
    }

    public static int IndexOfAny(ReadOnlySpan<char> span, SearchValues<string> values) => Forward(span, span.IndexOfAny(values));

    public static int IndexOfAny(ReadOnlySpan<char> span, SearchValues<char> values) => Forward(span, span.IndexOfAny(values));

    public static int IndexOfAnyExcept(ReadOnlySpan<char> span, SearchValues<char> values) => Forward(span, span.IndexOfAnyExcept(values));

    public static int IndexOfAnyInRange(ReadOnlySpan<char> span, char low, char high) => Forward(span, span.IndexOfAnyInRange(low, high));

    public static int IndexOfAnyExceptInRange(ReadOnlySpan<char> span, char low, char high) => Forward(span, span.IndexOfAnyExceptInRange(low, high));

    public static bool Contains(ReadOnlySpan<char> span, char value) => Forward(span, span.IndexOf(value)) >= 0;

    public static bool Contains(ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparison) => Forward(span, span.IndexOf(value, comparison)) >= 0;

    public static bool ContainsAny(ReadOnlySpan<char> span, SearchValues<char> values) => Forward(span, span.IndexOfAny(values)) >= 0;

    public static bool ContainsAnyExcept(ReadOnlySpan<char> span, char value) => Forward(span, span.IndexOfAnyExcept(value)) >= 0;

    public static bool ContainsAnyExcept(ReadOnlySpan<char> span, SearchValues<char> values) => Forward(span, span.IndexOfAnyExcept(values)) >= 0;

    public static bool ContainsAnyInRange(ReadOnlySpan<char> span, char low, char high) => Forward(span, span.IndexOfAnyInRange(low, high)) >= 0;

    public static bool ContainsAnyExceptInRange(ReadOnlySpan<char> span, char low, char high) => Forward(span, span.IndexOfAnyExceptInRange(low, high)) >= 0;

    public static int Count(ReadOnlySpan<char> span, char value)
    {
        Work.Look(span.Length);
        return span.Count(value);
    }

    public static int GetNextTextElementLength(ReadOnlySpan<char> str)
    {
        var length = StringInfo.GetNextTextElementLength(str);
        Work.Look(length);
        return length;
    }

    private static int Forward(ReadOnlySpan<char> span, int found)
    {
        Work.Look(found < 0 ? span.Length : found + 1);
        return found;
    }
}
