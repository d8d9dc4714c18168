using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Query.Routing;

/// <summary>What a person says to a system rather than asks of documents, in one language, and how questions are formed in it.</summary>
internal sealed class Language
{
    private Language(string code, LanguageFile file)
    {
        Code = code;
        SmallTalk =
        [
            (SmallTalkKind.Filler, new PhraseSet(file.Fillers)),
            (SmallTalkKind.Greeting, new PhraseSet(file.Greetings)),
            (SmallTalkKind.Goodbye, new PhraseSet(file.Goodbyes)),
            (SmallTalkKind.Thanks, new PhraseSet(file.Thanks)),
            (SmallTalkKind.Help, new PhraseSet(file.Help)),
        ];
        QuestionWords = new PhraseSet(file.QuestionWords);
        Anaphors = new PhraseSet(file.Anaphors);
        FollowUps = new PhraseSet(file.FollowUps);
        Replies = file.Replies;
    }

    /// <summary>Two letters (ISO 639-1).</summary>
    public string Code { get; }

    public IReadOnlyList<(SmallTalkKind Kind, PhraseSet Phrases)> SmallTalk { get; }

    /// <summary>Words that questions are asked with.</summary>
    public PhraseSet QuestionWords { get; }

    /// <summary>Words that stand for something named earlier.</summary>
    public PhraseSet Anaphors { get; }

    /// <summary>What a question begins with that goes on from the one before.</summary>
    public PhraseSet FollowUps { get; }

    public Replies Replies { get; }

    /// <summary>Reads the language's file, which is part of the program.</summary>
    public static Language Read(string code)
    {
        using var file = typeof(Language).Assembly.GetManifestResourceStream($"Languages.{code}.json")
            ?? throw new InvalidOperationException($"The program has no language file '{code}'.");
        return new Language(code, JsonSerializer.Deserialize(file, LanguageJson.Default.LanguageFile)!);
    }
}

/// <summary>A file of <c>Languages/</c>.</summary>
internal sealed record LanguageFile(
    IReadOnlyList<string> Greetings,
    IReadOnlyList<string> Goodbyes,
    IReadOnlyList<string> Thanks,
    IReadOnlyList<string> Help,
    IReadOnlyList<string> Fillers,
    IReadOnlyList<string> QuestionWords,
    IReadOnlyList<string> Anaphors,
    IReadOnlyList<string> FollowUps,
    Replies Replies);

/// <summary>What the system says about itself.</summary>
internal sealed record Replies(string Greeting, string Thanks, string Goodbye, string Help);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LanguageFile))]
internal sealed partial class LanguageJson : JsonSerializerContext;
