using System.Text.Json.Nodes;

namespace RagApp.Kubernetes.Helm;

/// <summary>The values that whoever installs the chart may set; source of <c>values.yaml</c> and <c>values.schema.json</c>.</summary>
public sealed class ChartValues
{
    private readonly List<ChartValue> _all = [];

    /// <summary>Key for something that has a name of Kubernetes: the name in camel case, since templates cannot read keys with dashes.</summary>
    public static string KeyOf(string name)
    {
        var words = name.Split('-');
        return words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>All values, in the order in which they were added.</summary>
    public IReadOnlyList<ChartValue> All => _all;

    /// <summary>Adds a value and returns the expression that reads it.</summary>
    /// <param name="path">Dotted path, such as <c>image.tag</c>.</param>
    /// <param name="default">A string, whole number, boolean, array or object of JSON.</param>
    /// <param name="description">One line for the comment above the value.</param>
    /// <param name="rules">Further keywords of JSON Schema, such as <c>minimum</c>; null for none.</param>
    public string Add(string path, JsonNode @default, string description, JsonObject? rules = null)
    {
        _all.Add(new ChartValue(path, @default, description, rules));
        return $".Values.{path}";
    }
}

/// <summary>One value of the chart, see <see cref="ChartValues.Add"/>.</summary>
public sealed record ChartValue(string Path, JsonNode Default, string Description, JsonObject? Rules);
