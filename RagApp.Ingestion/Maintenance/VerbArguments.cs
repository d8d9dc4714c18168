namespace RagApp.Ingestion.Maintenance;

/// <summary>What a verb was called with.</summary>
/// <param name="Options">By name, with dashes; the empty text for a switch.</param>
internal sealed record VerbArguments(IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Operands)
{
    public static VerbArguments None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal), []);

    public bool Has(string option) => Options.ContainsKey(option);

    public string? Find(string option) => Options.GetValueOrDefault(option);

    /// <exception cref="VerbException">An argument is none of the verb's.</exception>
    public static VerbArguments Read(VerbDescription verb, IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var operands = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                operands.Add(args[i]);
                continue;
            }
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            var option = verb.Options.FirstOrDefault(option => option.Name == name)
                ?? throw VerbException.Usage($"'{verb.Name}' has no option '{name}'.");
            if (option.Value is null && value is not null)
                throw VerbException.Usage($"'{name}' takes no value.");
            if (option.Value is not null)
                value ??= ++i < args.Count ? args[i] : throw VerbException.Usage($"'{name}' needs a value: {option.Usage}.");
            options[name] = value ?? "";
        }
        return operands.Count == 0 || verb.Operands is not null
            ? new VerbArguments(options, operands)
            : throw VerbException.Usage($"'{verb.Name}' takes no '{operands[0]}'.");
    }
}
