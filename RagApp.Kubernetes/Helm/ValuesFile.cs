using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Kubernetes.Helm;

/// <summary>Writes <c>values.yaml</c>, each value below its description, and the JSON Schema that Helm checks it with.</summary>
internal static class ValuesFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static string Yaml(ChartValues values)
    {
        var yaml = new StringBuilder("# The values of the chart; docs/kubernetes.md explains how to choose them.\n");
        AppendSection(yaml, values.All, depth: 0, explained: new HashSet<string>(StringComparer.Ordinal));
        return yaml.ToString();
    }

    public static string Schema(ChartValues values)
    {
        var root = Closed();
        root["$schema"] = "http://json-schema.org/draft-07/schema#";
        foreach (var value in values.All)
        {
            var path = value.Path.Split('.');
            var place = root;
            foreach (var step in path[..^1])
            {
                var properties = place["properties"]!.AsObject();
                if (!properties.ContainsKey(step))
                    properties[step] = Closed();
                place = properties[step]!.AsObject();
            }
            place["properties"]![path[^1]] = SchemaOf(value);
        }
        // Helm itself adds the values of subcharts under this name.
        root["properties"]!["global"] = new JsonObject { ["type"] = "object" };
        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Closed() => new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject() };

    private static JsonObject SchemaOf(ChartValue value)
    {
        var schema = new JsonObject { ["type"] = TypeOf(value.Default), ["description"] = value.Description };
        foreach (var (keyword, rule) in value.Rules ?? [])
            schema[keyword] = rule?.DeepClone();
        return schema;
    }

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "integer",
        _ => "string",
    };

    /// <summary>
    /// Values with the same beginning of their paths stand together, wherever they were added. What all workloads have is explained
    /// at the first of them.
    /// </summary>
    private static void AppendSection(StringBuilder yaml, IEnumerable<ChartValue> values, int depth, HashSet<string> explained)
    {
        foreach (var group in values.GroupBy(value => value.Path.Split('.')[depth], StringComparer.Ordinal))
        {
            if (depth == 0)
                yaml.Append('\n');
            if (group.First() is { } only && only.Path.Split('.').Length == depth + 1)
            {
                if (explained.Add(only.Description))
                    yaml.Append(CultureInfo.InvariantCulture, $"{Indent(depth)}# {only.Description}\n");
                yaml.Append(CultureInfo.InvariantCulture, $"{Indent(depth)}{group.Key}:");
                AppendDefault(yaml, only.Default, depth + 1);
            }
            else
            {
                yaml.Append(CultureInfo.InvariantCulture, $"{Indent(depth)}{group.Key}:\n");
                AppendSection(yaml, group, depth + 1, explained);
            }
        }
    }

    private static void AppendDefault(StringBuilder yaml, JsonNode value, int depth)
    {
        if (value is not JsonObject { Count: > 0 } map)
        {
            yaml.Append(' ').Append(value.ToJsonString()).Append('\n');
            return;
        }
        yaml.Append('\n');
        foreach (var (key, entry) in map)
        {
            yaml.Append(Indent(depth)).Append(key).Append(':');
            AppendDefault(yaml, entry!, depth + 1);
        }
    }

    private static string Indent(int depth) => new(' ', depth * 2);
}
