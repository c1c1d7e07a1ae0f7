# A prompt for a program: runs every line that comes in and shows what it gives; then one line, which starts with the mark,
# tells the program what came of it.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'Answers the prompt that a person would answer.')]
param([Parameter(Mandatory)] [string] $Mark, [Parameter(Mandatory)] [int] $Width)

$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
[Console]::InputEncoding = [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
$quickstartPassword = $env:QUICKSTART_PASSWORD
Remove-Item -Path Env:QUICKSTART_PASSWORD -ErrorAction Ignore

# Answers the question for a password with the one that this run has.
function Get-Credential([string] $UserName) {
    [pscredential]::new($UserName, [System.Net.NetworkCredential]::new('', $quickstartPassword).SecurePassword)
}

while ($null -ne ($quickstartLine = [Console]::In.ReadLine())) {
    $Error.Clear()
    $quickstartOutput = @()
    # Errors are shown in their place among what is shown.
    . ([scriptblock]::Create($quickstartLine)) 2>&1 | Tee-Object -Variable quickstartOutput | Out-String -Stream -Width $Width | Out-Host
    $quickstartReport = @{
        Errors = @($Error | ForEach-Object { $_.FullyQualifiedErrorId })
        Output = @(foreach ($quickstartObject in $quickstartOutput | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }) {
                $quickstartRow = @{}
                foreach ($quickstartProperty in $quickstartObject.PSObject.Properties) {
                    $quickstartRow[$quickstartProperty.Name] = "$($quickstartProperty.Value)"
                }
                $quickstartRow
            })
    }
    [Console]::Out.WriteLine($Mark + (ConvertTo-Json -InputObject $quickstartReport -Depth 3 -Compress))
}
