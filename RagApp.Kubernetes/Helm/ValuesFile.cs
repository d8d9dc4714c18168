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
        string[] open = [];
        foreach (var value in values.All)
        {
            var path = value.Path.Split('.');
            var shared = open.Zip(path.SkipLast(1)).TakeWhile(pair => pair.First == pair.Second).Count();
            for (var depth = shared; depth < path.Length - 1; depth++)
                yaml.Append(depth == 0 ? "\n" : "").Append(Indent(depth)).Append(path[depth]).Append(":\n");
            open = path[..^1];
            var indent = Indent(open.Length);
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}# {value.Description}\n{indent}{path[^1]}:");
            Append(yaml, value.Default, open.Length + 1);
        }
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

    private static void Append(StringBuilder yaml, JsonNode value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                yaml.Append('\n');
                foreach (var (key, entry) in map)
                {
                    yaml.Append(Indent(depth)).Append(key).Append(':');
                    Append(yaml, entry!, depth + 1);
                }
                break;
            default:
                yaml.Append(' ').Append(value.ToJsonString()).Append('\n');
                break;
        }
    }

    private static string Indent(int depth) => new(' ', depth * 2);
}
