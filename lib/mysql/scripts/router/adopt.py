# Run by MySQL Shell, connected to the primary of a group: the only thing here that needs it.
#   adopt.py adopt NAME         writes the metadata of InnoDB Cluster for a group that has none
#   adopt.py rescan             adds members that the metadata lacks, and corrects ids that changed
#   adopt.py rescan-and-remove  also takes out what is no member any more
import sys

shell.options["useWizards"] = False  # nobody is there to answer a question

if sys.argv[1] == "adopt":
    dba.create_cluster(sys.argv[2], {"adoptFromGR": True})
else:
    dba.get_cluster().rescan({"addUnmanaged": True, "removeObsolete": sys.argv[1] == "rescan-and-remove"})
