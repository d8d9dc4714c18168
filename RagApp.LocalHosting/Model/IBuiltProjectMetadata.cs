namespace Aspire.Hosting;

/// <summary>What the local host adds to <see cref="IProjectMetadata"/>: it runs built output and never builds itself.</summary>
public interface IBuiltProjectMetadata : IProjectMetadata
{
    /// <summary>Absolute path of the assembly that the build made of the project.</summary>
    string AssemblyPath { get; }
}
