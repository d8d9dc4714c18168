using System.Diagnostics;
using RagApp.Contracts.Search;
using RagApp.Text;
using RagApp.Text.Languages;

namespace RagApp.Query.Routing;

/// <summary>
/// Recognizes greetings, thanks, goodbyes and requests for help. Every word must belong to a known phrase of one language:
/// "hello world program requirements" begins with a greeting but is a question.
/// </summary>
internal sealed class SmallTalk(Languages languages)
{
    /// <summary>Largest number of words of small talk; longer texts are not examined.</summary>
    private const int MaxWords = 16;

    /// <summary>Returns the reply, in the language of the text; null when the text is not small talk.</summary>
    public (SearchRoute Route, string Reply)? Answer(string question)
    {
        var words = Words.Of(question);
        if (words.Count is 0 or > MaxWords)
            return null;
        foreach (var language in languages.All)
        {
            if (language.SmallTalk is { } phrases && KindOf(words, phrases) is { } kind)
                return (kind == SmallTalkKind.Help ? SearchRoute.Help : SearchRoute.SmallTalk, ReplyTo(kind, phrases.Replies));
        }
        return null;
    }

    /// <summary>Splits the words into the fewest phrases and returns the highest kind among them; null when a word belongs to no phrase.</summary>
    private static SmallTalkKind? KindOf(IReadOnlyList<string> words, SmallTalkPhrases known)
    {
        (SmallTalkKind Kind, PhraseSet Phrases)[] kinds =
        [
            (SmallTalkKind.Filler, known.Fillers),
            (SmallTalkKind.Greeting, known.Greetings),
            (SmallTalkKind.Goodbye, known.Goodbyes),
            (SmallTalkKind.Thanks, known.Thanks),
            (SmallTalkKind.Help, known.Help),
        ];
        var best = new (int Phrases, SmallTalkKind Kind)?[words.Count + 1]; // best split of the first N words, at index N
        best[0] = (0, SmallTalkKind.Filler);
        for (var end = 1; end <= words.Count; end++)
        {
            for (var start = 0; start < end; start++)
            {
                if (best[start] is not { } before)
                    continue;
                foreach (var (kind, _) in kinds.Where(entry => entry.Phrases.Contains(words, start, end)))
                {
                    var found = (Phrases: before.Phrases + 1, Kind: kind > before.Kind ? kind : before.Kind);
                    if (best[end] is not { } other || found.Phrases < other.Phrases || (found.Phrases == other.Phrases && found.Kind > other.Kind))
                        best[end] = found;
                }
            }
        }
        return best[^1] is { Kind: var kindOfAll and not SmallTalkKind.Filler } ? kindOfAll : null;
    }

    private static string ReplyTo(SmallTalkKind kind, Replies replies) => kind switch
    {
        SmallTalkKind.Greeting => replies.Greeting,
        SmallTalkKind.Goodbye => replies.Goodbye,
        SmallTalkKind.Thanks => replies.Thanks,
        SmallTalkKind.Help => replies.Help,
        _ => throw new UnreachableException(),
    };
}

/// <summary>Kinds of small talk, from the lowest to the highest: "hello, what can you do?" is a request for help.</summary>
internal enum SmallTalkKind
{
    /// <summary>Words that accompany the other kinds and mean nothing alone.</summary>
    Filler,

    Greeting,

    Goodbye,

    Thanks,

    Help,
}
