using System.Text.Json;

namespace RagApp.Tests.Gateway.Injection;

/// <summary>An attack in a document, and what a model says that obeys it.</summary>
/// <param name="Obey">What the obedient model says; {PROMPT} stands for its instructions, {MARK} for their mark.</param>
/// <param name="Forbidden">Text that no answer may have.</param>
/// <param name="Flagged">False for an attack that no wording gives away.</param>
public sealed record Attack(string Id, string Language, string Kind, string Text, string Obey, string Forbidden, bool Flagged);

/// <summary>The attacks of <c>attacks.json</c>, and texts of <c>benign.json</c> that only look like attacks.</summary>
internal static class InjectionCases
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, Attack> Attacks { get; } = Read<Attack[]>("attacks").ToDictionary(attack => attack.Id, StringComparer.Ordinal);

    public static IReadOnlyList<string> Benign { get; } = Read<string[]>("benign");

    private static T Read<T>(string name)
    {
        using var file = typeof(InjectionCases).Assembly.GetManifestResourceStream($"injection/{name}")!;
        return JsonSerializer.Deserialize<T>(file, Web)!;
    }
}
