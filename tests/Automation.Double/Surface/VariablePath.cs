namespace System.Management.Automation;

public class VariablePath
{
    public VariablePath(string path)
    {
        UserPath = path;
    }

    public string UserPath { get; }

    public override string ToString() => UserPath;
}
