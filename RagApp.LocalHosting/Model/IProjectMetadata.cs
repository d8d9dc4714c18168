namespace Aspire.Hosting;

/// <summary>Names a project; the build generates one class per project the AppHost references, in the namespace <c>Projects</c>.</summary>
public interface IProjectMetadata
{
    /// <summary>Absolute path of the project file.</summary>
    string ProjectPath { get; }
}
