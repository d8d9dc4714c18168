namespace RagApp.Ingestion.Maintenance;

/// <summary>The name, options and operands of a verb, from which <c>--help</c> is made.</summary>
/// <param name="Name">The word typed on the command line, such as <c>sweep</c>.</param>
/// <param name="Summary">One line for the list of verbs.</param>
/// <param name="Details">Text of the verb's own help: what it does and what it does not change.</param>
internal sealed record VerbDescription(string Name, string Summary, string Details)
{
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>The operands as help shows them, such as <c>ID...</c>; null when there are none.</summary>
    public string? Operands { get; init; }

    /// <summary>True when no other verb that runs alone may run at the same time.</summary>
    public bool RunsAlone { get; init; }
}

/// <param name="Name">The name with its dashes, such as <c>--tenant</c>.</param>
/// <param name="Value">The placeholder of the value in help; null for a switch.</param>
internal sealed record VerbOption(string Name, string? Value, string Meaning);
