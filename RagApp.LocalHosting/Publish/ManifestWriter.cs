using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publish;

/// <summary>
/// Writes the model in Aspire's manifest format: resources in the order they were added, values as expressions
/// such as <c>{redis.connectionString}</c>. It asks no parameter for its value, so no secret can get in.
/// </summary>
internal sealed class ManifestWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly string _directory;
    private readonly Dictionary<string, FormattedParameter> _formatted = new(StringComparer.Ordinal);

    private ManifestWriter(Utf8JsonWriter json, string directory)
    {
        _json = json;
        _directory = directory;
    }

    /// <param name="directory">The folder the manifest will be in: its paths are relative to it.</param>
    public static byte[] Write(DistributedApplicationModel model, string directory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        new ManifestWriter(json, directory).WriteModel(model);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteModel(DistributedApplicationModel model)
    {
        _json.WriteStartObject();
        _json.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            _json.WriteStartObject(resource.Name);
            WriteResource(resource);
            _json.WriteEndObject();
        }

        foreach (var parameter in _formatted.Values)
            WriteFormattedParameter(parameter);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteResource(Resource resource)
    {
        switch (resource)
        {
            case ProjectResource project:
                WriteProject(project);
                break;
            case ContainerResource container:
                WriteContainer(container);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case ConnectionStringResource connection:
                _json.WriteString("type", "value.v0");
                _json.WriteString("connectionString", Expression(connection.ConnectionStringExpression));
                break;
            default:
                throw new DistributedApplicationException($"The resource '{resource.Name}' has no form in the manifest.");
        }
    }

    private void WriteProject(ProjectResource project)
    {
        _json.WriteString("type", "project.v1");
        _json.WriteString("path", Path.GetRelativePath(_directory, project.Metadata!.ProjectPath).Replace('\\', '/'));
        WriteEnvironment(project);
        WriteBindings(project);
    }

    private void WriteContainer(ContainerResource container)
    {
        _json.WriteString("type", "container.v1");
        if (container is IResourceWithConnectionString store)
            _json.WriteString("connectionString", Expression(store.ConnectionStringExpression));
        _json.WriteString("image", $"{container.Image}:{container.Tag}");
        if (container.Entrypoint is { } entrypoint)
            _json.WriteString("entrypoint", entrypoint);
        WriteArgs(container);
        WriteVolumes(container);
        WriteEnvironment(container);
        WriteBindings(container);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        _json.WriteString("type", "parameter.v0");
        _json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        _json.WriteStartObject("inputs");
        _json.WriteStartObject("value");
        _json.WriteString("type", "string");
        if (parameter.Secret)
            _json.WriteBoolean("secret", true);
        if (parameter.Default is { } standard)
        {
            _json.WriteStartObject("default");
            standard.WriteToManifest(_json);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteFormattedParameter(FormattedParameter formatted)
    {
        _json.WriteStartObject(formatted.Name);
        _json.WriteString("type", "annotated.string");
        _json.WriteString("value", formatted.Parameter.Expression);
        _json.WriteString("filter", formatted.Format);
        _json.WriteEndObject();
    }

    private void WriteArgs(ContainerResource container)
    {
        if (container.Args.Count == 0)
            return;
        _json.WriteStartArray("args");
        container.Args.ForEach(_json.WriteStringValue);
        _json.WriteEndArray();
    }

    private void WriteVolumes(ContainerResource container)
    {
        if (container.Volumes.Count == 0)
            return;
        _json.WriteStartArray("volumes");
        foreach (var volume in container.Volumes)
        {
            _json.WriteStartObject();
            _json.WriteString("name", volume.Name);
            _json.WriteString("target", volume.Target);
            _json.WriteBoolean("readOnly", volume.IsReadOnly);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteEnvironment(Resource resource)
    {
        var context = new EnvironmentContext();
        resource.EnvironmentCallbacks.ForEach(callback => callback(context));
        if (context.Variables.Count == 0)
            return;
        _json.WriteStartObject("env");
        foreach (var (name, value) in context.Variables)
            _json.WriteString(name, value is IModelValue expression ? Expression(expression) : (string)value);
        _json.WriteEndObject();
    }

    private void WriteBindings(Resource resource)
    {
        if (resource.Endpoints.Count == 0)
            return;
        _json.WriteStartObject("bindings");
        foreach (var endpoint in resource.Endpoints)
        {
            _json.WriteStartObject(endpoint.Name);
            _json.WriteString("scheme", endpoint.Scheme);
            _json.WriteString("protocol", "tcp");
            _json.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
                _json.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort)
                _json.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal)
                _json.WriteBoolean("external", true);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private string Expression(IModelValue value)
    {
        foreach (var formatted in (value as ReferenceExpression)?.FormattedParameters ?? [])
            _formatted.TryAdd(formatted.Name, formatted);
        return value.Expression;
    }
}
