using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace RagApp.Kubernetes.Application;

/// <summary>
/// Turns a value of the application model into the text of an environment variable: addresses become those of Services, parameters
/// become values of the chart, secret parameters become keys of Secrets.
/// </summary>
internal sealed class SettingReader(Chart chart)
{
    /// <summary>Port of a project's endpoint that the model leaves open; that of .NET's images.</summary>
    public const int DefaultPort = 8080;

    /// <summary>Format of a part of a text that must be encoded for a URI.</summary>
    private const string UriFormat = "uri";

    private readonly List<SecretKey> _secrets = [];
    private readonly List<Reference> _references = [];

    public IReadOnlyList<Reference> References => _references;

    /// <summary>Reads a variable; null when it cannot exist in a cluster, where nothing encodes a secret for a URI.</summary>
    public Setting? Read(string name, object value)
    {
        _secrets.Clear();
        return TextOf(value) is { } text ? new Setting(name, text, [.. _secrets.Distinct()]) : null;
    }

    private string? TextOf(object? value) => value switch
    {
        string text => text,
        ParameterResource parameter => OfParameter(parameter),
        IResourceBuilder<IResource> builder => TextOf(builder.Resource),
        EndpointReference endpoint => OfEndpoint(endpoint, EndpointProperty.Url),
        EndpointReferenceExpression endpoint => OfEndpoint(endpoint.Endpoint, endpoint.Property),
        ReferenceExpression { IsConditional: true } choice => TextOf(TextOf(choice.Condition) == choice.MatchValue ? choice.WhenTrue : choice.WhenFalse),
        ReferenceExpression expression => OfExpression(expression),
        ConnectionStringReference reference => TextOf(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => TextOf(resource.ConnectionStringExpression),
        _ => throw new NotSupportedException($"A value of type {value?.GetType().Name ?? "null"} has no counterpart in a chart."),
    };

    private string? OfExpression(ReferenceExpression expression)
    {
        var parts = new object[expression.ValueProviders.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var secretsBefore = _secrets.Count;
            if (TextOf(expression.ValueProviders[i]) is not { } part || (expression.StringFormats[i] == UriFormat && _secrets.Count > secretsBefore))
                return null;
            parts[i] = part;
        }
        return string.Format(CultureInfo.InvariantCulture, expression.Format, parts);
    }

    private string OfParameter(ParameterResource parameter)
    {
        if (!parameter.Secret)
            return chart.Helm.Text(chart.ParameterValue(parameter));
        var secret = chart.SecretOf(parameter);
        _secrets.Add(secret);
        return secret.Placeholder;
    }

    private string OfEndpoint(EndpointReference endpoint, EndpointProperty property)
    {
        var port = endpoint.EndpointAnnotation.TargetPort ?? DefaultPort;
        var host = chart.HostOf(endpoint.Resource);
        _references.Add(new Reference(endpoint.Resource.Name, endpoint.EndpointName));
        return property switch
        {
            EndpointProperty.Url => string.Create(CultureInfo.InvariantCulture, $"{endpoint.EndpointAnnotation.UriScheme}://{host}:{port}"),
            EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.Scheme => endpoint.EndpointAnnotation.UriScheme,
            EndpointProperty.TlsEnabled => bool.FalseString,
            _ => throw new NotSupportedException($"The property {property} of an endpoint has no counterpart in a chart."),
        };
    }
}
