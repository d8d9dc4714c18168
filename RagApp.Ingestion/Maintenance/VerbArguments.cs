namespace RagApp.Ingestion.Maintenance;

/// <summary>The arguments of a verb.</summary>
/// <param name="Options">Values by option name, with its dashes; the empty text for a switch.</param>
internal sealed record VerbArguments(IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Operands)
{
    public static VerbArguments None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal), []);

    public bool Has(string option) => Options.ContainsKey(option);

    public string? Find(string option) => Options.GetValueOrDefault(option);
}
