using System.Text.RegularExpressions;
using RagApp.Text;
using RagApp.Text.Languages;

namespace RagApp.Query.Routing;

/// <summary>
/// Recognizes requests that no document can answer, such as sums, translations, jokes, the weather or "book me a flight"
/// (<see cref="SmallTalkPhrases.OutOfScope"/>). A pattern must cover the whole message, after greetings and polite words are
/// taken off: a question with any further subject is an ordinary question.
/// </summary>
internal sealed partial class OutOfScope
{
    /// <summary>Longest message to examine, in characters; a longer one has a subject of its own.</summary>
    private const int MaxLength = 300;

    /// <summary>Largest number of polite phrases that are taken off at each end of a message, which bounds the time.</summary>
    private const int MaxPolite = 4;

    /// <summary>
    /// Time of one pattern for one message; all patterns together take about 0.3 ms. RegexOptions.NonBacktracking needs no limit,
    /// but takes 365 MB for these patterns, and 6 seconds to build them.
    /// </summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Stands between the sentences of a message, so that no pattern reaches beyond its sentence.</summary>
    private const string SentenceEnd = "|";

    /// <summary>The parts that patterns of all languages share.</summary>
    private static readonly (string Name, string Pattern)[] Parts =
    [
        ("<number>", @"[-(]*\d[\d.,]*\)*"),
        ("<sign>", " ?[+*×÷^] ?"),
        ("<anysign>", "(?: ?[+*×÷^·] ?| [-–−/:x] )"), // without spaces, 24/7, 4x4 and 555-1234 are no sums
        ("<quoted>", """
            "[^"]+"
            """),
        ("<words>", @"[^ |]+(?: [^ |]+){0,2}"),
        ("<text>", "[^|]+"),
    ];

    private readonly List<Requests> _languages;

    public OutOfScope(Languages languages) =>
        _languages = [.. languages.All.Select(language => language.SmallTalk!).Select(phrases => new Requests(phrases, [.. phrases.OutOfScope.Select(Compile)]))];

    /// <summary>Returns the reply, in the language of the request; null when documents may answer it.</summary>
    public string? ReplyTo(string question)
    {
        if (question.Length > MaxLength)
            return null;
        var tokens = TokensOf(question);
        try
        {
            return _languages.Find(language => language.Has(tokens))?.Reply;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Compile(string pattern) => new(
        $@"\A(?:{Parts.Aggregate(pattern, (text, part) => text.Replace(part.Name, part.Pattern, StringComparison.Ordinal))})\z",
        RegexOptions.CultureInvariant,
        Timeout);

    /// <summary>Words in lower case, numbers, arithmetic signs, quoted text with one kind of quotation mark, and ends of sentences.</summary>
    private static string[] TokensOf(string question)
    {
        var text = NormalForm.Of(question).Replace('İ', 'i').ToLowerInvariant().Replace('’', '\'').Replace('ʼ', '\'');
        var quoted = Quote().Replace(text, "\"");
        return Other().Replace(EndOfSentence().Replace(quoted, $" {SentenceEnd} "), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("""[“”„«»「」『』]|(?<![\p{L}\p{Nd}])['‘]|'(?![\p{L}\p{Nd}])""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quote();

    [GeneratedRegex(@"[.!?;؟](?=\s|$)|[。！？；]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfSentence();

    /// <summary>Everything that no pattern contains; commas, full stops and colons stay inside numbers.</summary>
    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}'""|+*×÷^·=%#()/:,.–−-]|(?<!\p{Nd})[,.:](?!\p{Nd})|[,.:](?!\p{Nd})|(?<!\p{Nd})[,.]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();

    /// <summary>The requests of one language.</summary>
    private sealed record Requests(SmallTalkPhrases Phrases, IReadOnlyList<Regex> Patterns)
    {
        public string Reply => Phrases.Replies.OutOfScope;

        /// <summary>
        /// True when a pattern covers the message, with or without the polite words at its beginning and end. A word such as "now"
        /// is a polite word in some messages and part of the request in others.
        /// </summary>
        public bool Has(string[] tokens) =>
            StartsOf(tokens).Any(start => EndsOf(tokens, start).Any(end => string.Join(' ', tokens[start..end]) is var request && Patterns.Any(pattern => pattern.IsMatch(request))));

        private IEnumerable<int> StartsOf(string[] tokens)
        {
            var start = 0;
            for (var polite = 0; polite <= MaxPolite && start < tokens.Length; polite++)
            {
                yield return start;
                start += LengthAt(tokens, start) is > 0 and var length ? length : tokens.Length;
            }
        }

        private IEnumerable<int> EndsOf(string[] tokens, int start)
        {
            var end = tokens.Length;
            for (var polite = 0; polite <= MaxPolite && end > start; polite++)
            {
                yield return end;
                end -= LengthBefore(tokens, start, end) is > 0 and var length ? length : tokens.Length;
            }
        }

        /// <summary>Number of tokens from <paramref name="start"/> on that are no part of the request.</summary>
        private int LengthAt(string[] tokens, int start) => tokens[start] is SentenceEnd
            ? 1
            : new[] { Phrases.Greetings, Phrases.Fillers, Phrases.Openings }.Max(phrases => phrases.LengthAt(tokens, start));

        /// <summary>Number of tokens up to <paramref name="end"/> that are no part of the request.</summary>
        private int LengthBefore(string[] tokens, int start, int end)
        {
            if (tokens[end - 1] is SentenceEnd)
                return 1;
            for (var length = end - start; length > 0; length--)
            {
                if (Phrases.Fillers.Contains(tokens, end - length, end) || Phrases.Thanks.Contains(tokens, end - length, end))
                    return length;
            }
            return 0;
        }
    }
}
