using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Dlp;

internal sealed class DlpOptionsValidator : IValidateOptions<DlpOptions>
{
    public ValidateOptionsResult Validate(string? name, DlpOptions options)
    {
        var problems = Problems(nameof(DlpOptions.Default), options.Default)
            .Concat(options.Tenants.SelectMany(tenant => Problems($"{nameof(DlpOptions.Tenants)}:{tenant.Key}", tenant.Value)))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string section, Dictionary<string, string> actions)
    {
        foreach (var (key, value) in actions)
        {
            if (DlpSettings.FindDetector(key) is null)
                yield return $"{DlpOptions.Section}:{section}:{key} names no detector; there are {string.Join(", ", DlpSettings.Keys)}.";
            else if (DlpSettings.FindAction(value) is null)
                yield return $"{DlpOptions.Section}:{section}:{key} is '{value}'; it is one of {string.Join(", ", DlpSettings.Actions)}.";
        }
    }
}
