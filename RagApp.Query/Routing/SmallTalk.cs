using System.Diagnostics;
using RagApp.Contracts.Search;

namespace RagApp.Query.Routing;

/// <summary>
/// Recognises greetings, thanks, goodbyes and requests for help. Every word has to belong to a known phrase of one
/// language: a question that merely begins with one ("hello world program requirements") is a question.
/// </summary>
internal sealed class SmallTalk(Languages languages)
{
    /// <summary>Nobody greets in more words; what is longer is not looked at.</summary>
    private const int MaxWords = 16;

    /// <summary>The reply, in the language it was said in; null when it is anything but small talk.</summary>
    public (SearchRoute Route, string Reply)? Answer(string question)
    {
        var words = Words.Of(question);
        if (words.Count is 0 or > MaxWords)
            return null;
        foreach (var language in languages.All)
        {
            if (KindOf(words, language) is { } kind)
                return (kind == SmallTalkKind.Help ? SearchRoute.Help : SearchRoute.SmallTalk, ReplyTo(kind, language.Replies));
        }
        return null;
    }

    /// <summary>The most telling kind among the fewest phrases that together are all the words; null when some word is left over.</summary>
    private static SmallTalkKind? KindOf(IReadOnlyList<string> words, Language language)
    {
        var best = new (int Phrases, SmallTalkKind Kind)?[words.Count + 1]; // of the first words, by how many
        best[0] = (0, SmallTalkKind.Filler);
        for (var end = 1; end <= words.Count; end++)
        {
            for (var start = 0; start < end; start++)
            {
                if (best[start] is not { } before)
                    continue;
                foreach (var (kind, phrases) in language.SmallTalk.Where(entry => entry.Phrases.Contains(words, start, end)))
                {
                    var found = (Phrases: before.Phrases + 1, Kind: kind > before.Kind ? kind : before.Kind);
                    if (best[end] is not { } known || found.Phrases < known.Phrases || (found.Phrases == known.Phrases && found.Kind > known.Kind))
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

/// <summary>From the least telling to the most: "hello, what can you do?" asks for help.</summary>
internal enum SmallTalkKind
{
    /// <summary>Words that go with any of the others and say nothing by themselves.</summary>
    Filler,

    Greeting,

    Goodbye,

    Thanks,

    Help,
}
