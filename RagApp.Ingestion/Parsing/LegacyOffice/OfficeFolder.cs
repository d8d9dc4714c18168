namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// The temporary folder of one conversion: LibreOffice's profile, the document under a harmless name, the converted
/// file and all temporary files. Deleted when disposed.
/// </summary>
internal sealed class OfficeFolder : IDisposable
{
    /// <summary>Settings that forbid macros and links to anything outside the document.</summary>
    private const string Settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
        <item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
        </oor:items>
        """;

    private readonly PrivateFolder _folder;

    private OfficeFolder(PrivateFolder folder) => _folder = folder;

    public string Path => _folder.Path;

    public string Profile => System.IO.Path.Combine(Path, "profile");

    public string Output => System.IO.Path.Combine(Path, "output");

    public static OfficeFolder Create(string temporary)
    {
        var folder = new OfficeFolder(PrivateFolder.Create(temporary, "office"));
        var user = System.IO.Path.Combine(folder.Profile, "user");
        Directory.CreateDirectory(user);
        Directory.CreateDirectory(folder.Output);
        File.WriteAllText(System.IO.Path.Combine(user, "registrymodifications.xcu"), Settings);
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
