using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values of the model in it, made from an interpolated string.</summary>
public sealed class ReferenceExpression : IModelValue
{
    private readonly IReadOnlyList<object> _parts;

    private ReferenceExpression(IReadOnlyList<object> parts) => _parts = parts;

    string IModelValue.Expression => string.Concat(_parts.Select(p => p is IModelValue value ? value.Expression : (string)p));

    IEnumerable<Resource> IModelValue.References => _parts.OfType<IModelValue>().SelectMany(v => v.References);

    /// <summary>The parameters that the expression needs in another form (<c>:uri</c>): the manifest lists each as a resource of its own.</summary>
    internal IEnumerable<FormattedParameter> FormattedParameters => _parts.OfType<FormattedParameter>();

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    string IModelValue.Resolve(int replica) => string.Concat(_parts.Select(p => p is IModelValue value ? value.Resolve(replica) : (string)p));

    /// <summary>Collects the literal and model parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CA1815 // A compiler pattern: nobody compares these.
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
#pragma warning restore CA1815
    {
        internal List<object> Parts { get; } = new(literalLength == 0 ? formattedCount : (2 * formattedCount) + 1);

        public void AppendLiteral(string value) => Parts.Add(value);

        public void AppendFormatted(string? value) => Parts.Add(value ?? "");

        public void AppendFormatted(EndpointReference valueProvider) => Parts.Add(valueProvider);

        public void AppendFormatted(EndpointReferenceExpression valueProvider) => Parts.Add(valueProvider);

        public void AppendFormatted(IResourceBuilder<ParameterResource> valueProvider)
        {
            ArgumentNullException.ThrowIfNull(valueProvider);
            Parts.Add(valueProvider.Resource);
        }

        public void AppendFormatted(ParameterResource valueProvider) => Parts.Add(valueProvider);

        internal void AppendFormatted(ParameterResource valueProvider, string format) => Parts.Add(new FormattedParameter(valueProvider, format));
    }
}
