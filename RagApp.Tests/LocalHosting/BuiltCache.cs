using Aspire.Hosting;

namespace RagApp.Tests.LocalHosting;

/// <summary>A small real service for the local host to run: RagApp.Cache as the solution built it.</summary>
internal sealed class BuiltCache : IBuiltProjectMetadata
{
    public string ProjectPath => Path.Combine(Repository.Root, "RagApp.Cache", "RagApp.Cache.csproj");

    public string AssemblyPath => Repository.BuiltOutput("RagApp.Cache");
}
